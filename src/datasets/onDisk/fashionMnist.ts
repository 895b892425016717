import { checkOptions } from "../../options";
import { fileOptionNames, loadOptionNames, type FileDatasetOptions, type LoadOptions } from "./files";
import { fetchIdxImages, hasIdxImages, readIdxImages, type IdxSource } from "./idxImages";
import { ImageDataset, type ImageDatasetOptions } from "../imageDataset";

const source: IdxSource = {
  name: "FashionMNIST",
  url: "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
  folders: ["fashion-mnist", "FashionMNIST/raw"],
  sha256: {
    trainImages: "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
    trainLabels: "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
    testImages: "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
    testLabels: "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
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
    const { data, height, width } = readIdxImages(
      source,
      checkOptions("FashionMNIST", options, fileOptionNames, arguments, 0),
    );
    super("FashionMNIST", data, [1, height, width], classes, { transform: options.transform });
  }

  /**
   * The data set, fetched before if `download` is true and files are missing (26 MB to train, 4 MB to test).
   * @throws DataError if the files cannot be fetched, or as the constructor
   */
  static async load(options: LoadOptions & ImageDatasetOptions = {}): Promise<FashionMNIST> {
    checkOptions("FashionMNIST.load", options, loadOptionNames, arguments, 0);
    if (options.download) await fetchIdxImages(source, options);
    const { root, train, transform } = options;
    return new FashionMNIST({ root, train, transform });
  }
}

/** Whether its files are there. */
export const hasFashionMnist = (options: FileDatasetOptions): boolean => hasIdxImages(source, options);
