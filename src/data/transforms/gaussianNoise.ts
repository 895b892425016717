import { show } from "../../arguments";
import type { FloatArray } from "../../devices/device";
import { DataError } from "../../errors";
import { checkOptions, type OptionNames } from "../../options";
import { Random } from "../../tensor/random";
import { RandomTransform, type RandomOptions } from "./random";
import type { ImageSize } from "./stack";

export interface GaussianNoiseOptions extends RandomOptions {
  /** Keeps the result in 0..1; default true. Turn it off after Normalize. */
  clip?: boolean;
}
const optionNames: OptionNames<GaussianNoiseOptions> = { clip: true, seed: true };

/**
 * Images with normal noise added to every number.
 * Shapes: [...,C,H,W] float -> same.
 * @param sigma  standard deviation in the images' units; default 0.1
 * @throws DataError if sigma is negative
 * @see torchvision.transforms.v2.GaussianNoise
 * @example
 * const noise = new transforms.GaussianNoise(0.05);
 * noise(images);
 * console.log(noise.lastDraws[0].noiseSeed); // draws this image's noise again
 */
export class GaussianNoise extends RandomTransform<{ noiseSeed: number }> {
  readonly clip: boolean;

  constructor(
    readonly sigma = 0.1,
    options: GaussianNoiseOptions = {},
  ) {
    super(checkOptions("GaussianNoise", options, optionNames, arguments, 1));
    this.clip = options.clip ?? true;
    if (!(sigma >= 0 && sigma < Infinity))
      throw new DataError(`GaussianNoise: sigma must be a number >= 0, got ${show(sigma)}.`);
  }

  protected draw(random: Random): { noiseSeed: number } {
    return { noiseSeed: random.bits() };
  }

  protected render(x: FloatArray, y: FloatArray, _: ImageSize, { noiseSeed }: { noiseSeed: number }): void {
    const random = new Random(noiseSeed);
    for (let i = 0; i < x.length; i++) {
      const value = x[i] + this.sigma * random.normal();
      y[i] = this.clip ? Math.min(1, Math.max(0, value)) : value;
    }
  }
}
