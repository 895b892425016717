import { show } from "../../arguments";
import type { FloatArray } from "../../devices/device";
import { DataError } from "../../errors";
import { checkOptions, type OptionNames } from "../../options";
import type { Random } from "../../tensor/random";
import { checkInterpolation, direction, sampleAffine, type Interpolation, type SamplingOptions } from "./affine";
import { between, rangeAround, RandomTransform, type RandomOptions, type Range } from "./random";
import type { ImageSize } from "./stack";

export interface RandomAffineOptions extends SamplingOptions, RandomOptions {
  /** The largest shift to either side as shares [of the width, of the height], 0..1; default none. */
  translate?: readonly [number, number];
  /** Smallest and largest enlargement; default none. */
  scale?: Range;
}
const optionNames: OptionNames<RandomAffineOptions> = {
  translate: true,
  scale: true,
  interpolation: true,
  fill: true,
  seed: true,
};

/** Degrees clockwise, whole pixels right and down, and enlargement. */
export interface AffineDraw {
  angle: number;
  translate: readonly [x: number, y: number];
  scale: number;
}

/**
 * Each image turned (clockwise), enlarged and shifted at random about its centre; the size stays.
 * Shapes: [...,C,H,W] float -> same.
 * @param degrees  the largest angle to either side, or [min, max]
 * @param options  see {@link RandomAffineOptions}; interpolation "nearest" and fill 0 by default
 * @throws DataError if a range makes no sense
 * @see torchvision.transforms.RandomAffine
 * @example
 * const move = new transforms.RandomAffine(10, { translate: [0.1, 0.1], scale: [0.9, 1.1] });
 * console.log(move(images).shape, move.lastDraws[0]);
 */
export class RandomAffine extends RandomTransform<AffineDraw> {
  readonly degrees: Range;
  readonly translate: readonly [number, number];
  readonly scale: Range;
  readonly interpolation: Interpolation;
  readonly fill: number;

  constructor(degrees: number | Range, options: RandomAffineOptions = {}) {
    super(checkOptions("RandomAffine", options, optionNames, arguments, 1));
    this.degrees = rangeAround("RandomAffine", "degrees", degrees);
    this.translate = options.translate ?? [0, 0];
    this.scale = rangeAround("RandomAffine", "scale", options.scale ?? [1, 1]);
    this.interpolation = checkInterpolation("RandomAffine", options.interpolation);
    this.fill = options.fill ?? 0;
    if (
      !Array.isArray(this.translate) ||
      this.translate.length !== 2 ||
      !this.translate.every((share: number) => share >= 0 && share <= 1)
    )
      throw new DataError(
        `RandomAffine: translate must hold two shares of the size, 0 to 1, got ${show(this.translate)}.`,
      );
    if (this.scale[0] <= 0) throw new DataError(`RandomAffine: scale must be above 0, got ${show(this.scale)}.`);
  }

  protected draw(random: Random, { height, width }: ImageSize): AffineDraw {
    const shift = (share: number): number => Math.round(between(random, [-share, share])) + 0;
    return {
      angle: between(random, this.degrees),
      translate: [shift(this.translate[0] * width), shift(this.translate[1] * height)],
      scale: between(random, this.scale),
    };
  }

  protected render(x: FloatArray, y: FloatArray, size: ImageSize, draw: AffineDraw): void {
    const [cos, sin] = direction(draw.angle).map((part) => part / draw.scale);
    const [dx, dy] = draw.translate;
    const inverse = [cos, sin, -cos * dx - sin * dy, -sin, cos, sin * dx - cos * dy] as const;
    sampleAffine(x, y, size, inverse, this.interpolation, this.fill);
  }
}
