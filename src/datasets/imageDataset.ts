import { Dataset } from "../data/dataset";
import type { TransformFunction } from "../data/transforms/transform";
import { DataError } from "../errors";
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
    this.pixels = data.pixels;
    this.labels = data.labels;
    this.length = data.labels.length;
    this.transform = options.transform ?? null;
  }

  /** `[image [C,H,W] float32, label]`. @throws DataError if there is no image `index` */
  override get(index: number): [Tensor, number] {
    const image = fromArray(this.read(Int32Array.of(index)), this.imageShape);
    return [this.transform ? this.transform(image) : image, this.labels[index]];
  }

  /** `[images [B,C,H,W] float32, labels [B] int32]`. @throws DataError if there is no such image */
  override batch(indices: Int32Array): [Tensor, Tensor] {
    const images = fromArray(this.read(indices), [indices.length, ...this.imageShape]);
    const labels = fromArray(
      indices.map((index) => this.labels[index]),
      [indices.length],
    );
    return [this.transform ? this.transform(images) : images, labels];
  }

  private read(indices: Int32Array): Float32Array {
    const [channels, height, width] = this.imageShape;
    const size = channels * height * width;
    const out = new Float32Array(indices.length * size);
    const { pixels, length } = this;
    for (let b = 0, to = 0; b < indices.length; b++) {
      const index = indices[b];
      if (!(index >= 0 && index < length))
        throw new DataError(
          `${this.name}: there is no image ${index} (${length} images). Count from 0 to ${length - 1}.`,
        );
      for (let from = index * size; from < (index + 1) * size; from++) out[to++] = pixels[from] / 255;
    }
    return out;
  }
}
