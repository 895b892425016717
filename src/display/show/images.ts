import { allocate, isFloat, type TypedArray } from "../../devices/device";
import { DataError } from "../../errors";
import { formatNumber, packPlanes } from "../../marks";
import { checkOptions, type OptionNames } from "../../options";
import { fromArray, tensor } from "../../tensor/create";
import { sameShape, showShape } from "../../tensor/shape";
import { Tensor } from "../../tensor/tensor";
import { Picture } from "../picture";
import { statisticsOf } from "../statistics";
import { checkTensor, numbersOf, subtitleOf } from "../tensors";
import type { Samples } from "./samples";

/** So many images are shown even if their pixels must become fewer; further ones only if they fit as they are. */
const KEEP = 16;
/** Tiles a row, so that photographs of 32 pixels are seen from the last row. */
const ROW = 8;

export interface ImagesOptions {
  /** A word or a number for each image, or the tensor of labels [N]. */
  labels?: readonly (string | number)[] | Tensor;
  /** Words for labels that are numbers: `data.classes`. */
  classes?: readonly string[];
  /** What `transforms.Normalize` was given; the picture shows the images as they were before. Default 0 and 1. */
  mean?: number | readonly number[];
  std?: number | readonly number[];
  /** Tiles a row; default: up to 8. */
  columns?: number;
  /** Default "Images". */
  title?: string;
}
const optionNames: OptionNames<ImagesOptions> = {
  labels: true,
  classes: true,
  mean: true,
  std: true,
  columns: true,
  title: true,
};

/**
 * A picture of the images of a batch, grey or in colour, with a word below each.
 * Shapes: [N,C,H,W] or [C,H,W] with C 1 or 3, or an array of such tensors of one size; numbers from 0 to 1 (int32: to 255). Images that go beyond are scaled
 * from their smallest to their largest number, and the picture says so.
 * @throws DataError if the shape is another, or labels, mean or std do not fit it
 * @example show.images(images, { labels, classes: data.classes, mean: 0.5, std: 0.5 })
 */
export function images(given: Tensor | readonly Tensor[], options: ImagesOptions = {}): Picture {
  checkOptions("show.images", options, optionNames, arguments, 1);
  const tensors = listOf(given);
  const [t] = tensors;
  const [group, height, width] = t.shape.slice(-3);
  if (group !== 1 && group !== 3)
    throw new DataError(
      `show.images: images have 1 or 3 channels, got ${group} (input ${showShape(t.shape)}). ` +
        `Show feature maps with show.featureMaps().`,
    );
  const count = tensors.reduce((sum, { shape }) => sum + (shape.length === 4 ? shape[0] : 1), 0);
  const mean = perChannel("mean", options.mean ?? 0, group);
  const std = perChannel("std", options.std ?? 1, group);
  const { labels } = options;
  checkLabels(labels instanceof Tensor ? labels.numel() : (labels?.length ?? count), count);

  return new Picture(async () => {
    const values = await numbersOfAll(tensors);
    const plane = height * width;
    const shown = Float64Array.from(values, (value, i) => {
      const channel = Math.floor(i / plane) % group;
      return value * std[channel] + mean[channel];
    });
    const statistics = statisticsOf(shown);
    const { range, note } = rangeOf(statistics.finite, t, options);
    const pixels = packPlanes(
      { values: shown, planes: count * group, height, width },
      { group, keep: KEEP, range: () => range },
    );
    const tiles = pixels.planes / group;
    const words = Array.from(labels instanceof Tensor ? await numbersOf(labels) : (labels ?? []), (label) =>
      typeof label === "number" ? (options.classes?.[label] ?? `${label}`) : label,
    );
    const { min, max } = statistics;
    return {
      version: 2,
      title: options.title ?? "Images",
      subtitle: subtitleOf(t, statistics, ...(tensors.length > 1 ? [`${tensors.length} tensors`] : []), ...note),
      marks: [
        {
          mark: "grid",
          tile: "image",
          palette: "grey",
          repeats: true,
          scale: group === 3 ? "rgb" : "sequential",
          columns: options.columns ?? Math.min(tiles, ROW),
          labels: words.slice(0, tiles),
          pixels,
          statistics: { min, max, mean: statistics.mean },
        },
      ],
    };
  });
}

/** The tensors that are shown. @throws DataError unless each holds images, of one size and dtype */
function listOf(given: Tensor | readonly Tensor[]): readonly Tensor[] {
  const tensors = Array.isArray(given) ? (given as readonly Tensor[]) : [given as Tensor];
  if (tensors.length === 0) throw new DataError(`show.images: the array holds no image. Give one or more tensors.`);
  for (const t of tensors) checkTensor("show.images", t, [3, 4], "images [N,C,H,W] or [C,H,W]");
  const [first] = tensors;
  tensors.forEach(({ shape, dtype }, i) => {
    if (!sameShape(shape.slice(-3), first.shape.slice(-3)) || dtype !== first.dtype)
      throw new DataError(
        `show.images: tensor ${i} is ${showShape(shape)} ${dtype}, tensor 0 is ${showShape(first.shape)} ${first.dtype}. ` +
          `Bring all to one size with transforms.Resize, or show them one by one.`,
      );
  });
  return tensors;
}

/** The numbers of all, one tensor after another. */
async function numbersOfAll(tensors: readonly Tensor[]): Promise<TypedArray> {
  const parts = await Promise.all(tensors.map(numbersOf));
  if (parts.length === 1) return parts[0];
  const all = allocate(
    tensors[0].dtype,
    parts.reduce((sum, { length }) => sum + length, 0),
  );
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

interface Range {
  range: [number, number];
  note: string[];
}

/** The numbers that are black and white. */
function rangeOf([min, max]: readonly [number, number], { dtype }: Tensor, { mean, std }: ImagesOptions): Range {
  const white = isFloat(dtype) || dtype === "bool" ? 1 : 255;
  // Undoing a normalisation leaves numbers like -1e-8.
  if (mean !== undefined || std !== undefined || (min >= 0 && max <= white)) return { range: [0, white], note: [] };
  return { range: [min, max], note: [`black is ${formatNumber(min)}, white is ${formatNumber(max)}`] };
}

function perChannel(name: string, value: number | readonly number[], channels: number): number[] {
  const values = [value].flat();
  if (values.length !== 1 && values.length !== channels)
    throw new DataError(
      `show.images: ${name} has ${values.length} numbers, the images have ${channels} channels. Give one a channel, or one for all.`,
    );
  return Array.from({ length: channels }, (_, channel) => values[values.length === 1 ? 0 : channel]);
}

function checkLabels(labels: number, count: number): void {
  if (labels !== count) throw new DataError(`show.images: ${labels} labels for ${count} images. Give one an image.`);
}

/** Discs of a size and a colour each, on a sky that grows lighter upwards. */
const discs = (shape: readonly number[]): Tensor => {
  const [, channels, height, width] = shape;
  const values = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => {
    const [row, column] = [Math.floor(i / width) % height, i % width];
    const plane = Math.floor(i / (height * width));
    const [image, channel] = [Math.floor(plane / channels), plane % channels];
    const isInside = Math.hypot(row - height / 2, column - width / 2) < (width * (2 + (image % 4))) / 12;
    return isInside ? 0.5 + 0.45 * Math.cos(image + 2.1 * channel) : 0.9 - (0.5 * row) / height;
  });
  return fromArray(values, shape);
};

export const samples: Samples = {
  "in colour, with their classes": () =>
    images(discs([8, 3, 32, 32]), {
      labels: tensor([0, 1, 2, 0, 1, 2, 0, 1], { dtype: "int32" }),
      classes: ["sun", "moon", "a planet whose name is long"],
    }),
  "in grey": () => images(discs([4, 1, 28, 28]), { labels: [7, 2, 1, 0], title: "Digits" }),
  "beyond 0 and 1": () => images(discs([1, 1, 12, 12]).mul(3).sub(1)),
  "one photograph": () => images(discs([1, 3, 200, 300])),
};
