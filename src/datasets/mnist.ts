import { join } from "node:path";
import { DataError } from "../errors";
import { advice, count, folderOf, readPacked, type FileDatasetOptions, type Source } from "./files";
import { parseIdx, type IdxBytes } from "./idx";
import { ImageDataset, type ImageDatasetOptions, type LabelledPixels } from "./imageDataset";

const source: Source = {
  name: "MNIST",
  url: "https://ossci-datasets.s3.amazonaws.com/mnist/",
  folders: ["mnist", "MNIST/raw"],
};
const classes = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/**
 * Handwritten digits: 60,000 images to train, 10,000 to test, as `[image [1,28,28] float32 in 0..1, label]`.
 * Reads the IDX files as published, packed (.gz) or not.
 * @param options.root       folder that holds `mnist` or its files; default: RECEPTIVE_DATA, else ~/.cache/receptive
 * @param options.train      training or test images; default true
 * @param options.transform  changes each batch; default none
 * @throws DataError if a file is missing, truncated or of another format
 * @see LeCun, Cortes & Burges, http://yann.lecun.com/exdb/mnist/; torchvision.datasets.MNIST
 * @example const test = new datasets.MNIST({ train: false, transform: new transforms.Normalize(0.1307, 0.3081) });
 */
export class MNIST extends ImageDataset {
  constructor(options: FileDatasetOptions & ImageDatasetOptions = {}) {
    const { data, height, width } = readDigits(options);
    super("MNIST", data, [1, height, width], classes, options);
  }
}

interface Digits {
  data: LabelledPixels;
  height: number;
  width: number;
}

function readDigits({ root, train = true }: FileDatasetOptions): Digits {
  const folder = folderOf(source, root);
  const [prefix, total] = train ? ["train", 60000] : ["t10k", 10000];
  const read = (name: string, rank: number, bytes: number): IdxBytes => {
    const file = readPacked(source, folder, name, `${count(bytes)} bytes uncompressed`);
    return parseIdx(`MNIST: ${join(folder, name)}`, file, rank, advice(source));
  };
  const images = read(`${prefix}-images-idx3-ubyte`, 3, 16 + total * 28 * 28);
  const labels = read(`${prefix}-labels-idx1-ubyte`, 1, 8 + total);
  const [found, height, width] = images.shape;
  if (found !== labels.shape[0])
    throw new DataError(
      `MNIST: ${folder} has ${count(found)} ${prefix} images and ${count(labels.shape[0])} labels. ` +
        `Both files must come from one set. ${advice(source)}`,
    );
  const wrong = labels.bytes.findIndex((label) => label > 9);
  if (wrong >= 0)
    throw new DataError(
      `MNIST: ${join(folder, `${prefix}-labels-idx1-ubyte`)} has label ${labels.bytes[wrong]} at position ${wrong}, ` +
        `labels go from 0 to 9. ${advice(source)}`,
    );
  return { data: { pixels: images.bytes, labels: labels.bytes }, height, width };
}
