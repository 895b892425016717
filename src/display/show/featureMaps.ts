import { DataError } from "../../errors";
import { columnsFor, packPlanes } from "../../marks";
import { checkOptions, type OptionNames } from "../../options";
import { fromArray } from "../../tensor/create";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { Picture } from "../picture";
import { statisticsOf } from "../statistics";
import { checkTensor, numbersOf, subtitleOf } from "../tensors";
import type { Samples } from "./samples";

/** More maps than this are not told apart on a page. */
const MOST_TILES = 256;

export interface FeatureMapsOptions {
  /** Which image of the batch; default 0. */
  image?: number;
  /** Default "Feature maps". */
  title?: string;
  /** A word for each channel; default "0", "1", ... */
  labels?: readonly string[];
}
const optionNames: OptionNames<FeatureMapsOptions> = { image: true, title: true, labels: true };

/**
 * A picture of what each channel answered to one image, a tile a channel, all in one scale.
 * Shapes: [N,C,H,W] or [C,H,W]. From dark to bright if no number is negative (after a ReLU), else blue below zero, white
 * at zero and orange above.
 * @throws DataError if the shape is another, there is no such image, or labels are not one a channel
 * @example show.featureMaps(F.relu(net.conv1(images)), { image: 2, title: "conv1" })
 */
export function featureMaps(t: Tensor, options: FeatureMapsOptions = {}): Picture {
  checkOptions("show.featureMaps", options, optionNames, arguments, 1);
  const { image = 0, title = "Feature maps" } = options;
  checkTensor("show.featureMaps", t, [3, 4], "maps [N,C,H,W] or [C,H,W]");
  const [planes, height, width] = t.shape.slice(-3);
  const images = t.shape.length === 4 ? t.shape[0] : 1;
  if (!Number.isInteger(image) || image < 0 || image >= images)
    throw new DataError(
      `show.featureMaps: there is no image ${image} (input ${showShape(t.shape)}). Count from 0 to ${images - 1}.`,
    );
  const labels = options.labels ?? Array.from({ length: planes }, (_, channel) => `${channel}`);
  if (labels.length !== planes)
    throw new DataError(
      `show.featureMaps: ${labels.length} labels for ${planes} channels (input ${showShape(t.shape)}). Give one a channel.`,
    );
  return new Picture(async () => {
    const size = planes * height * width;
    const values = (await numbersOf(t)).subarray(image * size, (image + 1) * size);
    const statistics = statisticsOf(values);
    const range = () => statistics.finite;
    const pixels = packPlanes({ values, planes, height, width }, { keep: MOST_TILES, exact: true, range });
    const { min, max, mean } = statistics;
    return {
      version: 2,
      title,
      subtitle: subtitleOf(t, statistics, ...(images > 1 ? [`image ${image}`] : [])),
      marks: [
        {
          mark: "grid",
          tile: "channel",
          scale: statistics.finite[0] < 0 ? "diverging" : "sequential",
          columns: columnsFor(pixels.planes),
          labels: labels.slice(0, pixels.planes),
          pixels,
          statistics: { min, max, mean },
        },
      ],
    };
  });
}

/** Rings around a point that wanders from map to map, between `low` and 1. */
const rings = (shape: readonly number[], low: number): Tensor => {
  const [channels, height, width] = shape.slice(-3);
  const values = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => {
    const [channel, row, column] = [Math.floor(i / (height * width)), Math.floor(i / width) % height, i % width];
    const angle = (2 * Math.PI * channel) / channels;
    const distance = Math.hypot(
      row / height - 0.5 - 0.2 * Math.sin(angle),
      column / width - 0.5 - 0.2 * Math.cos(angle),
    );
    return Math.max(low, Math.cos(12 * distance));
  });
  return fromArray(values, shape);
};

export const samples: Samples = {
  "after a ReLU": () => featureMaps(rings([1, 6, 24, 24], 0), { title: "conv1" }),
  "with negative numbers": () => featureMaps(rings([2, 16, 10, 10], -1), { image: 1, title: "conv2" }),
  "a layer too large for a notebook": () => featureMaps(rings([64, 96, 96], -1)),
  "one pixel, and one that is not a number": () => featureMaps(fromArray(Float32Array.of(0.25, NaN), [2, 1, 1])),
};
