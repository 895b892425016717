import { show } from "../../arguments";
import type { FloatArray } from "../../devices/device";
import { DataError } from "../../errors";
import { checkOptions } from "../../options";
import type { Random } from "../../tensor/random";
import { RandomTransform, type RandomOptions } from "./random";
import type { ImageSize } from "./stack";

/**
 * Each image mirrored, left to right, with probability `p`.
 * Shapes: [...,C,H,W] float -> same.
 * @param p  probability, 0..1; default 0.5
 * @throws DataError if p is no probability
 * @see torchvision.transforms.RandomHorizontalFlip
 * @example
 * const flip = new transforms.RandomHorizontalFlip();
 * flip(images);
 * console.log(flip.lastDraws); // [{ flipped: true }, { flipped: false }, ...]
 */
export class RandomHorizontalFlip extends RandomTransform<{ flipped: boolean }> {
  constructor(
    readonly p = 0.5,
    options: RandomOptions = {},
  ) {
    super(checkOptions("RandomHorizontalFlip", options, { seed: true }, arguments, 1));
    if (!(p >= 0 && p <= 1))
      throw new DataError(`RandomHorizontalFlip: p must be a probability, 0 to 1, got ${show(p)}.`);
  }

  protected draw(random: Random): { flipped: boolean } {
    return { flipped: random.next() < this.p };
  }

  protected render(x: FloatArray, y: FloatArray, { width }: ImageSize, { flipped }: { flipped: boolean }): void {
    y.set(x);
    if (flipped) for (let start = 0; start < y.length; start += width) y.subarray(start, start + width).reverse();
  }
}
