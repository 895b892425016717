import type { FileDatasetOptions, LoadOptions } from "./files";
import { fetchIdxImages, readIdxImages, type IdxSource } from "./idxImages";
import { ImageDataset, type ImageDatasetOptions } from "./imageDataset";

const source: IdxSource = {
  name: "FashionMNIST",
  url: "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
  folders: ["fashion-mnist", "FashionMNIST/raw"],
  md5: {
    trainImages: "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
    trainLabels: "25c81989df183df01b3e8a0aad5dffbe",
    testImages: "bef4ecab320f06d8554ea6380940ec79",
    testLabels: "bb300cfdad3c16e7a12a480ee83cd310",
  },
};
const classes = [
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
];

/**
 * Articles of clothing in MNIST's format: 60,000 images to train, 10,000 to test, as `[image [1,28,28] float32 in 0..1, label]`.
 * Reads the IDX files as published, packed (.gz) or not; `FashionMNIST.load` fetches them.
 * @param options.root       folder that holds `fashion-mnist` or its files; default: RECEPTIVE_DATA, else ~/.cache/receptive
 * @param options.train      training or test images; default true
 * @param options.transform  changes each batch; default none
 * @throws DataError if a file is missing, truncated or of another format
 * @see Xiao, Rasul & Vollgraf 2017, arXiv:1708.07747; torchvision.datasets.FashionMNIST
 */
export class FashionMNIST extends ImageDataset {
  constructor(options: FileDatasetOptions & ImageDatasetOptions = {}) {
    const { data, height, width } = readIdxImages(source, options);
    super("FashionMNIST", data, [1, height, width], classes, options);
  }

  /**
   * The data set, fetched before if `download` is true and files are missing (26 MB to train, 4 MB to test).
   * @throws DataError if the files cannot be fetched, or as the constructor
   */
  static async load(options: LoadOptions & ImageDatasetOptions = {}): Promise<FashionMNIST> {
    if (options.download) await fetchIdxImages(source, options);
    return new FashionMNIST(options);
  }
}
