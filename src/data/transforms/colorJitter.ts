import { show } from "../../arguments";
import type { FloatArray } from "../../devices/device";
import { DataError, ShapeError } from "../../errors";
import { checkOptions, type OptionNames } from "../../options";
import type { Random } from "../../tensor/random";
import { between, RandomTransform, type RandomOptions, type Range } from "./random";
import type { ImageSize } from "./stack";

export interface ColorJitterOptions extends RandomOptions {
  /** Factors from max(0, 1 - brightness) to 1 + brightness, or [min, max]; default 0: unchanged. */
  brightness?: number | Range;
  /** Likewise: 0 is the mean grey everywhere. */
  contrast?: number | Range;
  /** Likewise: 0 is a grey image. */
  saturation?: number | Range;
}
const optionNames: OptionNames<ColorJitterOptions> = {
  brightness: true,
  contrast: true,
  saturation: true,
  seed: true,
};

type Setting = "brightness" | "contrast" | "saturation";
const settings: readonly Setting[] = ["brightness", "contrast", "saturation"];

/** The factors of one image, and the order in which they were applied. */
export interface JitterDraw extends Record<Setting, number> {
  order: readonly Setting[];
}

/**
 * Images with brightness, contrast and saturation changed by random factors, in random order.
 * Shapes: [...,C,H,W] float in 0..1, C 1 or 3 -> same; saturation leaves one channel as it is.
 * @throws DataError if a setting is no number >= 0 or range
 * @throws ShapeError, when applied, if the images have neither 1 nor 3 channels
 * @see torchvision.transforms.ColorJitter
 * @example
 * const jitter = new transforms.ColorJitter({ brightness: 0.2, contrast: 0.2, saturation: 0.2 });
 * jitter(images);
 * console.log(jitter.lastDraws[0].brightness);
 */
export class ColorJitter extends RandomTransform<JitterDraw> {
  readonly brightness: Range;
  readonly contrast: Range;
  readonly saturation: Range;

  constructor(options: ColorJitterOptions = {}) {
    super(checkOptions("ColorJitter", options, optionNames, arguments, 0));
    this.brightness = factors("brightness", options.brightness);
    this.contrast = factors("contrast", options.contrast);
    this.saturation = factors("saturation", options.saturation);
  }

  protected override outputSize(size: ImageSize): ImageSize {
    if (size.channels !== 1 && size.channels !== 3)
      throw new ShapeError(
        `ColorJitter: images must have 1 or 3 channels, got ${size.channels}. Is the input ordered [...,C,H,W]?`,
      );
    return size;
  }

  protected draw(random: Random): JitterDraw {
    const order = Array.from(random.permutation(settings.length), (i) => settings[i]);
    const [brightness, contrast, saturation] = settings.map((setting) => between(random, this[setting]));
    return { brightness, contrast, saturation, order };
  }

  protected render(x: FloatArray, y: FloatArray, { channels }: ImageSize, draw: JitterDraw): void {
    y.set(x);
    const plane = y.length / channels;
    const grey = (i: number): number =>
      channels === 1 ? y[i] : 0.2989 * y[i] + 0.587 * y[plane + i] + 0.114 * y[2 * plane + i];
    for (const setting of draw.order) {
      const factor = draw[setting];
      if (factor === 1) continue;
      if (setting === "brightness") blend(y, factor, () => 0);
      else if (setting === "contrast") {
        let sum = 0;
        for (let i = 0; i < plane; i++) sum += grey(i);
        const mean = sum / plane;
        blend(y, factor, () => mean);
      } else if (channels === 3) {
        const greys = Float64Array.from({ length: plane }, (_, i) => grey(i));
        blend(y, factor, (i) => greys[i % plane]);
      }
    }
  }
}

/** factor * image + (1 - factor) * other, kept in 0..1. */
function blend(y: FloatArray, factor: number, other: (i: number) => number): void {
  for (let i = 0; i < y.length; i++) y[i] = Math.min(1, Math.max(0, factor * y[i] + (1 - factor) * other(i)));
}

function factors(name: Setting, value: number | Range = 0): Range {
  const range: Range = typeof value === "number" ? [Math.max(0, 1 - value), 1 + value] : value;
  const valid =
    Array.isArray(range) && range.length === 2 && range.every(Number.isFinite) && range[0] >= 0 && range[0] <= range[1];
  if (!valid || (typeof value === "number" && value < 0))
    throw new DataError(`ColorJitter: ${name} must be a number >= 0 or [min, max] of factors, got ${show(value)}.`);
  return range;
}
