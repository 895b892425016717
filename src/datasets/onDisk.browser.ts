/** Data sets that are read from files, in a page, which has no folders: each says what to do instead. */
import { DataError } from "../errors";

function absent(name: string, instead: string): never {
  throw new DataError(
    `${name}: a page in a browser cannot read folders or keep downloads. ${instead}, ` +
      `or take datasets.shapes() or datasets.digits(), which need no file.`,
  );
}

const asTensors = "fetch() the files and make a new TensorDataset(images, labels) of them";

/** No data set of files is there. */
export const available = async (): Promise<boolean> => false;

class FileDataset {
  constructor() {
    absent(new.target.name, `Instead, ${asTensors}`);
  }
  static async load(): Promise<never> {
    return absent(this.name, `Instead, ${asTensors}`);
  }
}

export class CIFAR10 extends FileDataset {}
export class FashionMNIST extends FileDataset {}
export class MNIST extends FileDataset {}

export class ImageFolder {
  constructor() {
    absent("ImageFolder", "Instead, fetch() the images and give their bytes to io.readImage");
  }
}
