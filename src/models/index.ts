export { LeNet5 } from "./lenet5";
