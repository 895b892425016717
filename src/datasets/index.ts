export type { DownloadOptions, DownloadProgress } from "./download";
export { digits, type DigitsOptions } from "./digits";
export type { LoadOptions } from "./files";
export type { ImageFolderOptions } from "./imageFolder";
export { ImageDataset } from "./imageDataset";
export { CIFAR10, FashionMNIST, ImageFolder, MNIST } from "./onDisk";
export { shapes } from "./shapes";
