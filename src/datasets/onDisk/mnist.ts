import { checkOptions } from "../../options";
import { fileOptionNames, loadOptionNames, type FileDatasetOptions, type LoadOptions } from "./files";
import { fetchIdxImages, hasIdxImages, readIdxImages, type IdxSource } from "./idxImages";
import { ImageDataset, type ImageDatasetOptions } from "../imageDataset";

const source: IdxSource = {
  name: "MNIST",
  url: "https://ossci-datasets.s3.amazonaws.com/mnist/",
  folders: ["mnist", "MNIST/raw"],
  sha256: {
    trainImages: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    trainLabels: "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    testImages: "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    testLabels: "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
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
    const { data, height, width } = readIdxImages(
      source,
      checkOptions("MNIST", options, fileOptionNames, arguments, 0),
    );
    super("MNIST", data, [1, height, width], classes, { transform: options.transform });
  }

  /**
   * The data set, fetched before if `download` is true and files are missing (11 MB to train, 2 MB to test).
   * @throws DataError if the files cannot be fetched, or as the constructor
   * @example const test = await datasets.MNIST.load({ train: false, download: true });
   */
  static async load(options: LoadOptions & ImageDatasetOptions = {}): Promise<MNIST> {
    checkOptions("MNIST.load", options, loadOptionNames, arguments, 0);
    if (options.download) await fetchIdxImages(source, options);
    const { root, train, transform } = options;
    return new MNIST({ root, train, transform });
  }
}

/** Whether its files are there. */
export const hasMnist = (options: FileDatasetOptions): boolean => hasIdxImages(source, options);
