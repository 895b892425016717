export { Adadelta, type AdadeltaSettings } from "./adadelta";
export { Adagrad, type AdagradSettings } from "./adagrad";
export { Adam, type AdamSettings } from "./adam";
export { AdamW } from "./adamW";
export * as lrScheduler from "./lrScheduler";
export { Optimizer, type CommonSettings, type ParamGroup, type Params } from "./optimizer";
export type { OptimizerState } from "./stateDict";
export { RMSprop, type RMSpropSettings } from "./rmsprop";
export { SGD, type SGDSettings } from "./sgd";
