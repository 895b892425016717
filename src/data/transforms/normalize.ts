import { allocate, getDevice, isFloat, type FloatArray } from "../../devices/device";
import { DataError, DeviceError, DTypeError, ShapeError } from "../../errors";
import { fromArray } from "../../tensor/create";
import { showShape, sizeOf } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
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
      this.mean.length > 0 &&
      this.mean.every(Number.isFinite) &&
      this.std.every((s) => Number.isFinite(s) && s !== 0);
    if (!usable)
      throw new DataError(
        `Normalize: mean and std must be numbers and std not 0, got mean [${this.mean.join(", ")}], std [${this.std.join(", ")}].`,
      );
  }

  protected apply(images: Tensor): Tensor {
    const channels = checkImages(images, this.mean.length);
    const numbers = getDevice(images.device).read(images.storage.memory);
    if (numbers instanceof Promise)
      throw new DeviceError(
        `Normalize: the images are on the ${images.device}, transforms run on the cpu. Move the batch afterwards.`,
      );
    const plane = sizeOf(images.shape.slice(-2));
    const out = allocate(images.dtype, numbers.length) as FloatArray;
    // Rounding each step to float32, as PyTorch does, gives its very numbers.
    const loop: Loop = numbers instanceof Float32Array ? normalize32 : normalize64;
    loop(numbers, out, plane, channels, this.mean, this.std);
    return fromArray(out, images.shape, { device: images.device });
  }
}

function checkImages({ shape, dtype }: Tensor, wanted: number): number {
  const channels = shape[shape.length - 3];
  if (shape.length < 3 || (wanted !== 1 && channels !== wanted))
    throw new ShapeError(
      `Normalize: ` +
        (shape.length < 3
          ? `an image has three dimensions or more, [...,C,H,W] (input ${showShape(shape)}). Add them with unsqueeze().`
          : `images have ${channels} channels, mean and std have ${wanted} (input ${showShape(shape)}). ` +
            `Give one number a channel, or one for all.`),
    );
  if (!isFloat(dtype))
    throw new DTypeError(`Normalize: images must be float, got ${dtype} (input ${showShape(shape)}).`);
  return channels;
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
