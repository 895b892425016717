import { checkNumbers, wrongKind } from "../arguments";
import { Dataset } from "../data/dataset";
import { toIndices, type Indices } from "../data/indices";
import type { TransformFunction } from "../data/transforms/transform";
import { checkOptions, type OptionNames } from "../options";
import { fromArray } from "../tensor/create";
import type { Tensor } from "../tensor/tensor";

/** Images as bytes with their labels. */
export interface LabelledPixels {
  /** [N,C,H,W], row-major, 0..255. */
  pixels: Uint8Array;
  /** [N], positions in `classes`. */
  labels: Uint8Array;
}

export interface ImageDatasetOptions {
  /** Called with each batch [B,C,H,W] (and by `get` with an image [C,H,W]) of float32 in 0..1; default: none. */
  transform?: TransformFunction;
}
const optionNames: OptionNames<ImageDatasetOptions> = { transform: true };

/** Images of one size that are kept as bytes and become float32 in 0..1 when they are read. */
export class ImageDataset extends Dataset<[Tensor, number]> {
  readonly length: number;
  /** All images as bytes [N,C,H,W]. */
  readonly pixels: Uint8Array;
  /** The class of each image. */
  readonly labels: Uint8Array;
  /** Changes what is read; null for none. */
  transform: TransformFunction | null;

  /** @param name begins messages; @param imageShape [C,H,W]; @param classes a name for each label */
  constructor(
    readonly name: string,
    data: LabelledPixels,
    readonly imageShape: readonly [number, number, number],
    readonly classes: readonly string[],
    options: ImageDatasetOptions = {},
  ) {
    super();
    checkOptions(name, options, optionNames, arguments, 4);
    for (const [part, bytes] of Object.entries({ pixels: data?.pixels, labels: data?.labels }))
      if (!ArrayBuffer.isView(bytes))
        throw wrongKind("ImageDataset", `data.${part}`, "a Uint8Array", bytes, "Give { pixels, labels }.");
    checkNumbers("ImageDataset", "imageShape", imageShape, "Give [C,H,W].");
    this.pixels = data.pixels;
    this.labels = data.labels;
    this.length = data.labels.length;
    this.transform = options.transform ?? null;
  }

  /** `[image [C,H,W] float32, label]`. @throws DataError if there is no image `index` */
  override async get(index: number): Promise<[Tensor, number]> {
    const image = fromArray(this.read([index]), this.imageShape);
    return [this.transform ? this.transform(image) : image, this.labels[index]];
  }

  /** `[images [B,C,H,W] float32, labels [B] int32]`. @throws DataError if there is no such image */
  override async batch(given: Indices): Promise<[Tensor, Tensor]> {
    const pixels = this.read(given);
    const images = fromArray(pixels, [given.length, ...this.imageShape]);
    const labels = fromArray(
      Int32Array.from(given, (index) => this.labels[index]),
      [given.length],
    );
    return [this.transform ? this.transform(images) : images, labels];
  }

  private read(given: Indices): Float32Array {
    const indices = toIndices(this.name, given, this.length, "image");
    const [channels, height, width] = this.imageShape;
    const size = channels * height * width;
    const out = new Float32Array(indices.length * size);
    const { pixels } = this;
    for (let b = 0, to = 0; b < indices.length; b++) {
      const start = indices[b] * size;
      for (let from = start; from < start + size; from++) out[to++] = pixels[from] / 255;
    }
    return out;
  }
}
