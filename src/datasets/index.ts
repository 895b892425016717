export { CIFAR10 } from "./cifar10";
export { ImageFolder, type ImageFolderOptions } from "./imageFolder";
export { ImageDataset } from "./imageDataset";
export { MNIST } from "./mnist";
export { shapes } from "./shapes";
