import { readdirSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import type Sharp from "sharp";
import { collate } from "../data/collate";
import { Dataset } from "../data/dataset";
import { Resize } from "../data/transforms/resize";
import { tensorOf } from "../data/transforms/toTensor";
import type { TransformFunction } from "../data/transforms/transform";
import { DataError } from "../errors";
import { defaultRandom, Random, withRandom } from "../tensor/random";
import type { Tensor } from "../tensor/tensor";

export interface ImageFolderOptions {
  /** Called with each image [3,H,W] of float32 in 0..1; default: none. */
  transform?: TransformFunction;
  /** Brings images to [height, width], or one number for both, before the transform; default: as they are. */
  size?: number | readonly [number, number];
}

const extensions = [".png", ".jpg", ".jpeg"];

/**
 * Images in folders, one folder a class: `[image [3,H,W] float32 in 0..1, label]`, read when they are asked for.
 * Labels count the folders in the order of their names; PNG and JPEG files at any depth below them count. Grey images
 * become three equal channels, transparency is left out, and a camera's rotation is applied.
 * @param root               the folder of the folders
 * @param options.size       [height, width] or one number for both, so that images of different sizes make a batch
 * @param options.transform  changes each image, after `size`
 * @throws DataError if there is no class or no image; when read, if a file is no image
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
    { transform, size }: ImageFolderOptions = {},
  ) {
    super();
    this.classes = foldersOf(root);
    const found = this.classes.map((name) => imagesOf(join(root, name)));
    this.files = found.flat();
    this.labels = Uint16Array.from(found.flatMap((files, label) => files.map(() => label)));
    this.length = this.files.length;
    if (this.length === 0)
      throw new DataError(
        `ImageFolder: there is no image below ${root} (looked for ${extensions.join(", ")} in ${this.classes.join(", ")}). ` +
          `Put the images of each class into its folder.`,
      );
    this.transform = transform ?? null;
    this.resize = size === undefined ? null : new Resize(typeof size === "number" ? [size, size] : size);
  }

  /** `[image [3,H,W] float32, label]`. @throws DataError if there is no image `index`, or its file is no image */
  override async get(index: number): Promise<[Tensor, number]> {
    const [item] = await this.read(Int32Array.of(index));
    return item;
  }

  /** `[images [B,3,H,W] float32, labels [B] int32]`. @throws DataError as `get`, or if sizes differ */
  override async batch(indices: Int32Array): Promise<[Tensor, Tensor]> {
    return collate(await this.read(indices), indices);
  }

  private async read(indices: Int32Array): Promise<[Tensor, number][]> {
    for (const index of indices)
      if (!(index >= 0 && index < this.length))
        throw new DataError(
          `ImageFolder: there is no image ${index} (${this.length} images). Count from 0 to ${this.length - 1}.`,
        );
    // Files are ready in any order. A seed drawn now makes what the transform draws depend on the batches' order alone.
    const { transform } = this;
    const random = transform && new Random(defaultRandom().bits());
    const images = await Promise.all(Array.from(indices, (index) => decode(this.files[index])));
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
    names = readdirSync(root).filter(
      (name) => !name.startsWith(".") && statSync(join(root, name)).isDirectory(),
    );
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

const imagesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => extensions.includes(extname(name).toLowerCase()))
    .sort()
    .map((name) => join(folder, name));

let sharp: typeof Sharp | undefined;

/** A file as [3,H,W] in 0..1. The library loads with the first image: most programs read none. */
async function decode(file: string): Promise<Tensor> {
  sharp ??= (await import("sharp")).default;
  try {
    const { data, info } = await sharp(file)
      .rotate()
      .toColourspace("srgb")
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return tensorOf({ data, width: info.width, height: info.height, channels: info.channels });
  } catch (error) {
    throw new DataError(
      `ImageFolder: ${file} cannot be read as an image, ${(error as Error).message}. Replace or remove the file.`,
    );
  }
}
