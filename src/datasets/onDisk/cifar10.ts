import { checkOptions } from "../../options";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "../../errors";
import { parseCifar } from "../cifar";
import { fetchArchive, type ArchiveSource } from "./cifarArchive";
import {
  advice,
  fetchAdvice,
  fileOptionNames,
  folderOf,
  loadOptionNames,
  type FileDatasetOptions,
  type LoadOptions,
} from "./files";
import { ImageDataset, type ImageDatasetOptions } from "../imageDataset";

const source: ArchiveSource = {
  name: "CIFAR10",
  url: "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
  folders: ["cifar-10-batches-bin"],
  sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
};
const classes = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

/**
 * Small photographs of ten classes: 50,000 to train, 10,000 to test, as `[image [3,32,32] float32 in 0..1, label]`.
 * Reads those of data_batch_1.bin to data_batch_5.bin that are there; `length` says how many images they hold.
 * `CIFAR10.load` fetches them.
 * @param options.root       folder that holds `cifar-10-batches-bin` or its files; default: RECEPTIVE_DATA, else ~/.cache/receptive
 * @param options.train      training or test images; default true
 * @param options.transform  changes each batch; default none
 * @throws DataError if no file is there, or one is truncated or of another format
 * @see Krizhevsky 2009, https://www.cs.toronto.edu/~kriz/cifar.html; torchvision.datasets.CIFAR10
 * @example
 * const train = new datasets.CIFAR10({ transform: new transforms.Normalize([0.5, 0.5, 0.5], [0.5, 0.5, 0.5]) });
 */
export class CIFAR10 extends ImageDataset {
  /** The files that were read. */
  readonly files: readonly string[];

  constructor(options: FileDatasetOptions & ImageDatasetOptions = {}) {
    const files = findFiles(checkOptions("CIFAR10", options, fileOptionNames, arguments, 0));
    const read = files.map((path) => ({ caller: `CIFAR10: ${path}`, bytes: readFileSync(path) }));
    super("CIFAR10", parseCifar(read, advice(source)), [3, 32, 32], classes, {
      transform: options.transform,
    });
    this.files = files;
  }

  /**
   * The data set, fetched before (170 MB) if `download` is true and one of its files is missing.
   * @throws DataError if the archive cannot be fetched or unpacked, or as the constructor
   * @example const test = await datasets.CIFAR10.load({ train: false, download: true });
   */
  static async load(options: LoadOptions & ImageDatasetOptions = {}): Promise<CIFAR10> {
    checkOptions("CIFAR10.load", options, loadOptionNames, arguments, 0);
    if (options.download) await fetchArchive(source, namesOf(options), options);
    const { root, train, transform } = options;
    return new CIFAR10({ root, train, transform });
  }
}

const namesOf = ({ train = true }: FileDatasetOptions): string[] =>
  train ? [1, 2, 3, 4, 5].map((part) => `data_batch_${part}.bin`) : ["test_batch.bin"];

/** Paths of those files that are there. */
function filesOf(options: FileDatasetOptions): string[] {
  const folder = folderOf(source, options.root);
  return namesOf(options)
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path));
}

/** Whether one of its files is there. */
export const hasCifar10 = (options: FileDatasetOptions): boolean => filesOf(options).length > 0;

function findFiles(options: FileDatasetOptions): string[] {
  const files = filesOf(options);
  if (files.length === 0)
    throw new DataError(
      `CIFAR10: ${join(folderOf(source, options.root), namesOf(options)[0])} does not exist (expected 30,730,000 bytes). ${fetchAdvice(source)}`,
    );
  return files;
}
