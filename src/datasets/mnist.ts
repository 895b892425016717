import type { FileDatasetOptions, LoadOptions } from "./files";
import { fetchIdxImages, readIdxImages, type IdxSource } from "./idxImages";
import { ImageDataset, type ImageDatasetOptions } from "./imageDataset";

const source: IdxSource = {
  name: "MNIST",
  url: "https://ossci-datasets.s3.amazonaws.com/mnist/",
  folders: ["mnist", "MNIST/raw"],
  md5: {
    trainImages: "f68b3c2dcbeaaa9fbdd348bbdeb94873",
    trainLabels: "d53e105ee54ea40749a09fcbcd1e9432",
    testImages: "9fb629c4189551a2d022fa330f9573f3",
    testLabels: "ec29112dd5afa0611ce80d1b7f02629c",
  },
};
const classes = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/**
 * Handwritten digits: 60,000 images to train, 10,000 to test, as `[image [1,28,28] float32 in 0..1, label]`.
 * Reads the IDX files as published, packed (.gz) or not; `MNIST.load` fetches them.
 * @param options.root       folder that holds `mnist` or its files; default: RECEPTIVE_DATA, else ~/.cache/receptive
 * @param options.train      training or test images; default true
 * @param options.transform  changes each batch; default none
 * @throws DataError if a file is missing, truncated or of another format
 * @see LeCun, Cortes & Burges, http://yann.lecun.com/exdb/mnist/; torchvision.datasets.MNIST
 * @example const test = new datasets.MNIST({ train: false, transform: new transforms.Normalize(0.1307, 0.3081) });
 */
export class MNIST extends ImageDataset {
  constructor(options: FileDatasetOptions & ImageDatasetOptions = {}) {
    const { data, height, width } = readIdxImages(source, options);
    super("MNIST", data, [1, height, width], classes, options);
  }

  /**
   * The data set, fetched before if `download` is true and files are missing (11 MB to train, 2 MB to test).
   * @throws DataError if the files cannot be fetched, or as the constructor
   * @example const test = await datasets.MNIST.load({ train: false, download: true });
   */
  static async load(options: LoadOptions & ImageDatasetOptions = {}): Promise<MNIST> {
    if (options.download) await fetchIdxImages(source, options);
    return new MNIST(options);
  }
}
