export { Optimizer, type ParamGroup } from "./optimizer";
export { SGD, type SGDSettings } from "./sgd";
