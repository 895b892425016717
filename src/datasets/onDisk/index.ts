/** Data sets that are read from files; onDisk.browser.ts stands for all of this folder in a page, which has none. */
export { available, type FileDatasetName } from "./available";
export { CIFAR10 } from "./cifar10";
export { FashionMNIST } from "./fashionMnist";
export { ImageFolder } from "./imageFolder";
export { MNIST } from "./mnist";
