export type { DownloadOptions, DownloadProgress } from "./onDisk/download";
export { digits, type DigitsOptions } from "./digits";
export type { LoadOptions } from "./onDisk/files";
export type { ImageFolderOptions } from "./onDisk/imageFolder";
export { ImageDataset } from "./imageDataset";
export { available, CIFAR10, FashionMNIST, ImageFolder, MNIST } from "./onDisk";
export { shapes } from "./shapes";
