export { CIFAR10 } from "./cifar10";
export type { DownloadOptions, DownloadProgress } from "./download";
export { digits, type DigitsOptions } from "./digits";
export { FashionMNIST } from "./fashionMnist";
export type { LoadOptions } from "./files";
export { ImageFolder, type ImageFolderOptions } from "./imageFolder";
export { ImageDataset } from "./imageDataset";
export { MNIST } from "./mnist";
export { shapes } from "./shapes";
