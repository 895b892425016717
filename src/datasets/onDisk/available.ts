import { show } from "../../arguments";
import { checkOptions } from "../../options";
import { hasCifar10 } from "./cifar10";
import { hasFashionMnist } from "./fashionMnist";
import type { FileDatasetOptions } from "./files";
import { hasMnist } from "./mnist";

const known = { CIFAR10: hasCifar10, MNIST: hasMnist, FashionMNIST: hasFashionMnist };

/** Names of the data sets that are read from files. */
export type FileDatasetName = keyof typeof known;

/**
 * Whether the files of a data set are there, so that a notebook can train on it, and else on images that are drawn.
 * @param name          "CIFAR10", "MNIST" or "FashionMNIST"
 * @param options.root  folder that holds the data set or its folder; default: RECEPTIVE_DATA of the environment, else ~/.cache/receptive
 * @param options.train the training images, or else the test images; default both
 * @throws RangeError if there is no data set of that name
 * @example
 * const data = (await datasets.available("MNIST", { train: false }))
 *   ? new datasets.MNIST({ train: false })
 *   : datasets.digits({ count: 100 });
 */
export async function available(name: FileDatasetName, options: FileDatasetOptions = {}): Promise<boolean> {
  const { root, train } = checkOptions("datasets.available", options, { root: true, train: true }, arguments, 1);
  if (!Object.hasOwn(known, name))
    throw new RangeError(
      `datasets.available: there is no data set ${show(name)}. Use ${Object.keys(known).join(", ")}; shapes and digits are drawn and always there.`,
    );
  const parts = train === undefined ? [true, false] : [train];
  return parts.every((part) => known[name]({ root, train: part }));
}
