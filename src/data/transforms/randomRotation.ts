import type { FloatArray } from "../../devices/device";
import { checkOptions } from "../../options";
import type { Random } from "../../tensor/random";
import { checkInterpolation, direction, sampleAffine, type Interpolation, type SamplingOptions } from "./affine";
import { between, rangeAround, RandomTransform, type RandomOptions, type Range } from "./random";
import type { ImageSize } from "./stack";

/**
 * Each image turned about its centre by a random angle, counter-clockwise; the size stays.
 * Shapes: [...,C,H,W] float -> same.
 * @param degrees                the largest angle to either side, or [min, max]
 * @param options.interpolation  "nearest" (default) or "bilinear"
 * @param options.fill           what comes in from outside; default 0
 * @throws DataError if degrees is no range or the interpolation another
 * @see torchvision.transforms.RandomRotation
 * @example
 * const turn = new transforms.RandomRotation(10, { interpolation: "bilinear", seed: 0 });
 * turn(images);
 * console.log(turn.lastDraws[0].angle);
 */
export class RandomRotation extends RandomTransform<{ angle: number }> {
  readonly degrees: Range;
  readonly interpolation: Interpolation;
  readonly fill: number;

  constructor(degrees: number | Range, options: SamplingOptions & RandomOptions = {}) {
    super(checkOptions("RandomRotation", options, { interpolation: true, fill: true, seed: true }, arguments, 1));
    this.degrees = rangeAround("RandomRotation", "degrees", degrees);
    this.interpolation = checkInterpolation("RandomRotation", options.interpolation);
    this.fill = options.fill ?? 0;
  }

  protected draw(random: Random): { angle: number } {
    return { angle: between(random, this.degrees) };
  }

  protected render(x: FloatArray, y: FloatArray, size: ImageSize, { angle }: { angle: number }): void {
    const [cos, sin] = direction(angle);
    sampleAffine(x, y, size, [cos, -sin, 0, sin, cos, 0], this.interpolation, this.fill);
  }
}
