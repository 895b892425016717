export { CIFAR10 } from "./cifar10";
export { ImageDataset } from "./imageDataset";
export { MNIST } from "./mnist";
export { shapes } from "./shapes";
