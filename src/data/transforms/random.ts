import { show } from "../../arguments";
import type { FloatArray } from "../../devices/device";
import { DataError } from "../../errors";
import { defaultRandom, Random } from "../../tensor/random";
import type { Tensor } from "../../tensor/tensor";
import { tellDraws } from "./recording";
import { mapImages, readStack, type ImageSize } from "./stack";
import { Transform } from "./transform";

export interface RandomOptions {
  /** A random sequence of the transform's own; default: the engine's random numbers (`manualSeed`). */
  seed?: number;
}

/** A transform that draws anew for each image of a batch and tells what it drew. */
export abstract class RandomTransform<Draw> extends Transform {
  /** What was drawn for each image of the last call, in their order. */
  lastDraws: readonly Draw[] = [];
  private readonly own: Random | null;

  constructor({ seed }: RandomOptions = {}) {
    super();
    this.own = seed === undefined ? null : new Random(seed);
  }

  protected apply(images: Tensor): Tensor {
    const stack = readStack(this.constructor.name, images);
    const to = this.outputSize(stack);
    const random = this.own ?? defaultRandom();
    const draws = Array.from({ length: stack.count }, () => this.draw(random, stack));
    this.lastDraws = draws;
    tellDraws(this, draws);
    return mapImages(images, stack, to, (x, y, i) => this.render(x, y, stack, draws[i]));
  }

  /** The size of the images that come out, checked; default: that of those that go in. */
  protected outputSize(size: ImageSize): ImageSize {
    return size;
  }
  protected abstract draw(random: Random, size: ImageSize): Draw;
  /** Fills `y` (zeros) from the image `x`, which has the given size. */
  protected abstract render(x: FloatArray, y: FloatArray, size: ImageSize, draw: Draw): void;
}

/** Uniform in [low, high). */
export const between = (random: Random, [low, high]: Range): number => low + (high - low) * random.next();

export type Range = readonly [low: number, high: number];

/** `value` as a range: [-value, value], or the pair that was given. @throws DataError if it is none */
export function rangeAround(caller: string, name: string, value: number | Range, unit = ""): Range {
  const range: Range = typeof value === "number" ? [-value, value] : value;
  if (!Array.isArray(range) || !range.every(Number.isFinite) || range.length !== 2 || range[0] > range[1])
    throw new DataError(`${caller}: ${name} must be a number >= 0 or [min, max]${unit}, got ${show(value)}.`);
  return range;
}

/** Rows and columns from one number or a pair. @throws DataError unless whole numbers >= 1 */
export function pairOf(caller: string, size: number | readonly [number, number]): readonly [number, number] {
  const pair: readonly [number, number] = typeof size === "number" ? [size, size] : size;
  if (!Array.isArray(pair) || pair.length !== 2 || !pair.every((length) => Number.isInteger(length) && length >= 1))
    throw new DataError(`${caller}: size must be a whole number >= 1 or [height, width], got ${show(size)}.`);
  return pair;
}
