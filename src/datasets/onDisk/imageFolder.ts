import { checkText } from "../../arguments";
import { readdirSync, realpathSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { collate } from "../../data/collate";
import { Dataset } from "../../data/dataset";
import { toIndices, type Indices } from "../../data/indices";
import { decideNumbers } from "../../data/numbers";
import { Resize } from "../../data/transforms/resize";
import type { TransformFunction } from "../../data/transforms/transform";
import { DataError } from "../../errors";
import { decodeImage } from "../../io/image/decode";
import { pixelTensor, toBytes, withChannels } from "../../io/image/pixels";
import { checkOptions, type OptionNames } from "../../options";
import { defaultRandom, Random, withRandom } from "../../tensor/random";
import type { Tensor } from "../../tensor/tensor";

export interface ImageFolderOptions {
  /** Called with each image [3,H,W] of float32 in 0..1; default: none. */
  transform?: TransformFunction;
  /** Lets a class have no image; default false, which is an error. */
  allowEmpty?: boolean;
  /** Brings images to [height, width], or one number for both, before the transform; default: as they are. */
  size?: number | readonly [number, number];
}
const optionNames: OptionNames<ImageFolderOptions> = { transform: true, allowEmpty: true, size: true };

/** Names of image files, in capitals too. */
const extensions = [".jpg", ".jpeg", ".png", ".ppm", ".bmp", ".pgm", ".tif", ".tiff", ".webp"];

/**
 * Images in folders, one folder a class: `[image [3,H,W] float32 in 0..1, label]`, read when they are asked for.
 * Labels count the folders in the order of their names; files at any depth below them count whose names end with .jpg,
 * .jpeg, .png, .ppm, .bmp, .pgm, .tif, .tiff or .webp, also in capitals; hidden folders are left out. Pixels are those of PIL's
 * `convert("RGB")`: grey images become three equal channels, CMYK becomes RGB, transparency, colour profiles and a
 * camera's rotation are ignored. (PIL cuts grey images of 16 bits off at 255; here their upper eight bits count.)
 * @param root                the folder of the folders
 * @param options.size        [height, width] or one number for both, so that images of different sizes make a batch
 * @param options.transform   changes each image, after `size`
 * @param options.allowEmpty  lets a class have no image; default false
 * @throws DataError if there is no class, or a class has no image; when read, if a file is no image
 * @see torchvision.datasets.ImageFolder
 * @example
 * const photographs = async (folder: string) => {
 *   const data = new datasets.ImageFolder(folder, { size: 32, transform: new transforms.RandomHorizontalFlip() });
 *   for await (const [images, labels] of new DataLoader(data, { batchSize: 8, shuffle: true })) console.log(images.shape);
 * };
 */
export class ImageFolder extends Dataset<[Tensor, number]> {
  /** The folders' names, sorted. */
  readonly classes: readonly string[];
  /** The label of each class. */
  readonly classToIdx: Readonly<Record<string, number>>;
  /** The files, class by class. */
  readonly files: readonly string[];
  /** The class of each file. */
  readonly labels: Uint16Array;
  readonly length: number;
  /** Changes what is read; null for none. */
  transform: TransformFunction | null;
  private readonly resize: Resize | null;

  constructor(
    readonly root: string,
    options: ImageFolderOptions = {},
  ) {
    super();
    const { transform, size, allowEmpty = false } = checkOptions("ImageFolder", options, optionNames, arguments, 1);
    checkText("ImageFolder", "root", root, "Give the folder that holds a folder for each class.");
    this.classes = foldersOf(root);
    this.classToIdx = Object.fromEntries(this.classes.map((name, label) => [name, label]));
    const found = this.classes.map((name) => imagesOf(join(root, name)));
    const empty = this.classes.filter((_, label) => found[label].length === 0);
    if (empty.length > 0 && !allowEmpty) throw noImage(root, empty);
    this.files = found.flat();
    this.labels = Uint16Array.from(found.flatMap((files, label) => files.map(() => label)));
    this.length = this.files.length;
    decideNumbers(this, [null, "int32"]);
    this.transform = transform ?? null;
    this.resize = size === undefined ? null : new Resize(typeof size === "number" ? [size, size] : size);
  }

  /** `[image [3,H,W] float32, label]`. @throws DataError if there is no image `index`, or its file is no image */
  override async get(index: number): Promise<[Tensor, number]> {
    const [item] = await this.read([index]);
    return item;
  }

  /** `[images [B,3,H,W] float32, labels [B] int32]`. @throws DataError as `get`, or if sizes differ */
  override async batch(indices: Indices): Promise<[Tensor, Tensor]> {
    return collate(await this.read(indices), indices, { dataset: this, atHand: false });
  }

  private async read(given: Indices): Promise<[Tensor, number][]> {
    const indices = toIndices("ImageFolder", given, this.length, "image");
    // Files are ready in any order. A seed drawn now makes what the transform draws depend on the batches' order alone.
    const { transform } = this;
    const random = transform && new Random(defaultRandom().bits());
    const images = await Promise.all(Array.from(indices, (index) => readRgb(this.files[index])));
    return images.map((image, i) => {
      const sized = this.resize ? this.resize(image) : image;
      const changed = transform && random ? withRandom(random, () => transform(sized)) : sized;
      return [changed, this.labels[indices[i]]];
    });
  }
}

function foldersOf(root: string): string[] {
  let names: string[];
  try {
    names = readdirSync(root).filter((name) => !name.startsWith(".") && statSync(join(root, name)).isDirectory());
  } catch (error) {
    throw new DataError(
      `ImageFolder: ${root} cannot be read, ${(error as Error).message}. Give the folder that holds a folder for each class.`,
    );
  }
  if (names.length === 0)
    throw new DataError(
      `ImageFolder: ${root} has no folder, so there are no classes. Put the images of each class into a folder of its own.`,
    );
  return names.sort();
}

/** The error for classes without an image, which says what is there instead. */
function noImage(root: string, empty: readonly string[]): DataError {
  const others = empty.flatMap((name) => readdirSync(join(root, name))).slice(0, 3);
  const there = others.length ? `, found ${others.join(", ")}` : "";
  const shown = empty.slice(0, 5).join(", ") + (empty.length > 5 ? ` and ${empty.length - 5} more` : "");
  return new DataError(
    `ImageFolder: there is no image for the class${empty.length > 1 ? "es" : ""} ${shown} in ${root} ` +
      `(looked for ${extensions.join(", ")}${there}). ` +
      `Put images into the folder, remove it, or give { allowEmpty: true }.`,
  );
}

/** The images of a folder by name, then those of the folders in it, as torchvision orders them; links are followed. */
function imagesOf(folder: string, above: readonly string[] = []): string[] {
  const here = realpathSync(folder);
  // A link that leads back up.
  if (above.includes(here)) return [];
  const names = readdirSync(folder).sort();
  const isFolder = (name: string): boolean =>
    statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory() ?? false;
  const [folders, files] = [names.filter(isFolder), names.filter((name) => !isFolder(name))];
  return [
    ...files.filter((name) => extensions.includes(extname(name).toLowerCase())).map((name) => join(folder, name)),
    ...folders.flatMap((name) => imagesOf(join(folder, name), [...above, here])),
  ];
}

/** A file as [3,H,W] in 0..1. */
const readRgb = async (file: string): Promise<Tensor> =>
  pixelTensor(withChannels(toBytes(await decodeImage("ImageFolder", file)), 3));
