import { show } from "../arguments";
import { readStack } from "../data/transforms/stack";
import { DataError, ShapeError } from "../errors";
import { checkOptions, type OptionNames } from "../options";
import { fromArray } from "../tensor/create";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";

export interface ColorHistogramOptions {
  /** "hue" (default): the kinds of colour around the circle; "rgb": every combination of red, green and blue levels. */
  space?: "hue" | "rgb";
}
const optionNames: OptionNames<ColorHistogramOptions> = { space: true };

/**
 * How often each colour occurs, whatever its place: shares that add up to 1.
 * Shapes: image [3,H,W] -> [bins] for "hue", [bins^3] for "rgb" (red counts slowest); a batch [B,3,H,W] -> [B,...].
 * Grey pixels have hue 0, as red ones.
 * @param image  float in 0..1; numbers beyond count as the ends
 * @param bins   how many hues, or levels of each channel; default 10
 * @throws ShapeError unless the images have 3 channels; DataError unless bins is a whole number >= 1
 * @see Stanford CS231n, lecture 4, "color histogram"
 * @example console.log(features.colorHistogram(images, 12).shape); // [4, 12]
 */
export function colorHistogram(image: Tensor, bins = 10, options: ColorHistogramOptions = {}): Tensor {
  const { space = "hue" } = checkOptions("colorHistogram", options, optionNames, arguments, 2);
  const { numbers, count, channels, height, width } = readStack("colorHistogram", image);
  if (channels !== 3)
    throw new ShapeError(
      `colorHistogram: images must have 3 channels, got ${channels} (input ${showShape(image.shape)}). ` +
        `Is the input ordered [B,C,H,W]?`,
    );
  if (!Number.isInteger(bins) || bins < 1)
    throw new DataError(`colorHistogram: bins must be a whole number >= 1, got ${show(bins)}.`);
  if (space !== "hue" && space !== "rgb")
    throw new DataError(`colorHistogram: space must be "hue" or "rgb", got ${show(space)}.`);
  const plane = height * width;
  const length = space === "hue" ? bins : bins ** 3;
  const level = (value: number): number => Math.min(bins - 1, Math.max(0, Math.floor(value * bins)));
  const out = new Float32Array(count * length);
  for (let i = 0; i < count; i++)
    for (let p = 0, at = i * 3 * plane; p < plane; p++, at++) {
      const [red, green, blue] = [numbers[at], numbers[at + plane], numbers[at + 2 * plane]];
      const bin =
        space === "hue" ? level(hue(red, green, blue)) : (level(red) * bins + level(green)) * bins + level(blue);
      out[i * length + bin] += 1;
    }
  return fromArray(
    out.map((pixels) => pixels / plane),
    [...image.shape.slice(0, -3), length],
  );
}

/** 0..1 around the circle of colours: red 0, green 1/3, blue 2/3. */
function hue(red: number, green: number, blue: number): number {
  const most = Math.max(red, green, blue);
  const range = most - Math.min(red, green, blue);
  if (range === 0) return 0;
  if (most === red) return (((green - blue) / range + 6) % 6) / 6;
  return most === green ? (2 + (blue - red) / range) / 6 : (4 + (red - green) / range) / 6;
}
