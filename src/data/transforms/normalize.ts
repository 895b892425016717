import { show } from "../../arguments";
import { allocate, type FloatArray } from "../../devices/device";
import { DataError, ShapeError } from "../../errors";
import { fromArray } from "../../tensor/create";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { readStack } from "./stack";
import { Transform } from "./transform";

/**
 * (x - mean) / std, channel by channel.
 * Shapes: [...,C,H,W] float -> same.
 * @param mean  one number a channel, or one for all; in the images' units, for the built-in data sets 0..1
 * @param std   likewise; not 0
 * @throws DataError if mean and std do not fit each other or std holds 0
 * @throws ShapeError, when applied, if the images have another number of channels
 * @see torchvision.transforms.Normalize
 * @example
 * const transform = new transforms.Normalize([0.5, 0.5, 0.5], [0.5, 0.5, 0.5]); // 0..1 becomes -1..1
 */
export class Normalize extends Transform {
  readonly mean: readonly number[];
  readonly std: readonly number[];

  constructor(mean: number | readonly number[], std: number | readonly number[]) {
    super();
    this.mean = [mean].flat();
    this.std = [std].flat();
    if (this.mean.length !== this.std.length)
      throw new DataError(
        `Normalize: mean has ${this.mean.length} channels, std has ${this.std.length}. Give both one number a channel.`,
      );
    const usable =
      this.mean.length > 0 && this.mean.every(Number.isFinite) && this.std.every((s) => Number.isFinite(s) && s !== 0);
    if (!usable)
      throw new DataError(
        `Normalize: mean and std must be numbers and std not 0, got mean ${show(this.mean)}, std ${show(this.std)}.`,
      );
  }

  protected apply(images: Tensor): Tensor {
    const { numbers, channels, height, width } = readStack("Normalize", images);
    if (this.mean.length !== 1 && channels !== this.mean.length)
      throw new ShapeError(
        `Normalize: images have ${channels} channels, mean and std have ${this.mean.length} ` +
          `(input ${showShape(images.shape)}). Give one number a channel, or one for all.`,
      );
    const plane = height * width;
    const out = allocate(images.dtype, numbers.length) as FloatArray;
    // Rounding each step to float32, as PyTorch does, gives its very numbers.
    const loop: Loop = numbers instanceof Float32Array ? normalize32 : normalize64;
    loop(numbers, out, plane, channels, this.mean, this.std);
    return fromArray(out, images.shape, { device: images.device });
  }
}

type Loop = (
  x: ArrayLike<number>,
  y: FloatArray,
  plane: number,
  channels: number,
  means: readonly number[],
  stds: readonly number[],
) => void;

const normalize32: Loop = (x, y, plane, channels, means, stds) => {
  for (let start = 0, p = 0; start < x.length; start += plane, p++) {
    const mean = Math.fround(means[means.length === 1 ? 0 : p % channels]);
    const std = Math.fround(stds[stds.length === 1 ? 0 : p % channels]);
    for (let i = start; i < start + plane; i++) y[i] = Math.fround(Math.fround(x[i] - mean) / std);
  }
};

const normalize64: Loop = (x, y, plane, channels, means, stds) => {
  for (let start = 0, p = 0; start < x.length; start += plane, p++) {
    const mean = means[means.length === 1 ? 0 : p % channels];
    const std = stds[stds.length === 1 ? 0 : p % channels];
    for (let i = start; i < start + plane; i++) y[i] = (x[i] - mean) / std;
  }
};
