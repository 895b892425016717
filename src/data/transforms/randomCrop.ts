import { show } from "../../arguments";
import type { FloatArray } from "../../devices/device";
import { DataError, ShapeError } from "../../errors";
import { checkOptions, type OptionNames } from "../../options";
import type { Random } from "../../tensor/random";
import { pairOf, RandomTransform, type RandomOptions } from "./random";
import { copyWindow } from "./crop";
import type { ImageSize } from "./stack";

export interface RandomCropOptions extends RandomOptions {
  /** Pixels added on each side before cropping; default 0. */
  padding?: number;
  /** Their value; default 0. */
  fill?: number;
}
const optionNames: OptionNames<RandomCropOptions> = { padding: true, fill: true, seed: true };

/** Where a crop began, in pixels of the padded image. */
export interface CropDraw {
  top: number;
  left: number;
}

/**
 * A window at a random place of each image, which may be padded first.
 * Shapes: [...,C,H,W] float -> [...,C,size,size].
 * @param size  rows and columns of the window, or [height, width]
 * @throws DataError if size or padding are no whole numbers in their range
 * @throws ShapeError, when applied, if the window is larger than the padded image
 * @see torchvision.transforms.RandomCrop
 * @example
 * const crop = new transforms.RandomCrop(32, { padding: 4 });
 * console.log(crop(images).shape, crop.lastDraws);
 */
export class RandomCrop extends RandomTransform<CropDraw> {
  /** [height, width] */
  readonly size: readonly [number, number];
  readonly padding: number;
  readonly fill: number;

  constructor(size: number | readonly [number, number], options: RandomCropOptions = {}) {
    super(checkOptions("RandomCrop", options, optionNames, arguments, 1));
    this.size = pairOf("RandomCrop", size);
    this.padding = options.padding ?? 0;
    this.fill = options.fill ?? 0;
    if (!Number.isInteger(this.padding) || this.padding < 0)
      throw new DataError(`RandomCrop: padding must be a whole number >= 0, got ${show(this.padding)}.`);
  }

  protected override outputSize({ channels, height, width }: ImageSize): ImageSize {
    const [rows, columns] = this.size;
    const [paddedHeight, paddedWidth] = [height + 2 * this.padding, width + 2 * this.padding];
    if (rows > paddedHeight || columns > paddedWidth)
      throw new ShapeError(
        `RandomCrop: the window ${rows}x${columns} does not fit the image ${height}x${width} with padding ` +
          `${this.padding} (${paddedHeight}x${paddedWidth}). Use a smaller size or more padding.`,
      );
    return { channels, height: rows, width: columns };
  }

  protected draw(random: Random, { height, width }: ImageSize): CropDraw {
    const top = random.int(height + 2 * this.padding - this.size[0] + 1);
    return { top, left: random.int(width + 2 * this.padding - this.size[1] + 1) };
  }

  protected render(x: FloatArray, y: FloatArray, size: ImageSize, { top, left }: CropDraw): void {
    copyWindow(x, y, size, this.size, top - this.padding, left - this.padding, this.fill);
  }
}
