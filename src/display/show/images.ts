import { allocate, type TypedArray } from "../../devices/device";
import { show, wrongKind } from "../../arguments";
import { DataError } from "../../errors";
import { packPlanes } from "../../marks";
import { checkOptions, type OptionNames } from "../../options";
import { fromArray, tensor } from "../../tensor/create";
import { sameShape, showShape } from "../../tensor/shape";
import { Tensor } from "../../tensor/tensor";
import { checkClasses } from "../classNames";
import { beforeNormalisation, blackAndWhite, normalisationNames, type Normalisation } from "../normalised";
import { Picture } from "../picture";
import { statisticsOf } from "../statistics";
import { checkTensor, numbersOf, subtitleOf } from "../tensors";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

/** So many images are shown even if their pixels must become fewer; further ones only if they fit as they are. */
const KEEP = 16;
/** Tiles a row, so that photographs of 32 pixels are seen from the last row. */
const ROW = 8;

export interface ImagesOptions extends ViewOptions, Normalisation {
  /** A word or a number for each image, or the tensor of labels [N]. */
  labels?: readonly (string | number)[] | Tensor;
  /** Words for labels that are numbers: `data.classes`. */
  classes?: readonly string[];
  /** Tiles a row; default: up to 8. */
  columns?: number;
}
const optionNames: OptionNames<ImagesOptions> = {
  labels: true,
  classes: true,
  ...normalisationNames,
  columns: true,
  ...viewOptionNames,
};

/**
 * A picture of the images of a batch, grey or in colour, with a word below each.
 * Shapes: [N,C,H,W] or [C,H,W] with C 1 or 3, or an array of such tensors of one size; numbers from 0 to 1 (int32: to 255). Images that go beyond are scaled
 * from their smallest to their largest number, and the picture says so.
 * @throws DataError if the shape is another, or labels, mean or std do not fit it
 * @example show.images(images, { labels, classes: data.classes })
 */
export function images(given: Tensor | readonly Tensor[], options: ImagesOptions = {}): Picture {
  checkOptions("show.images", options, optionNames, arguments, 1);
  const tensors = listOf(given);
  const [t] = tensors;
  const fields = viewFields("show.images", options, "Images");
  const [group, height, width] = t.shape.slice(-3);
  if (group !== 1 && group !== 3)
    throw new DataError(
      `show.images: images have 1 or 3 channels, got ${group} (input ${showShape(t.shape)}). ` +
        `Show feature maps with show.featureMaps().`,
    );
  const count = tensors.reduce((sum, { shape }) => sum + (shape.length === 4 ? shape[0] : 1), 0);
  const before = beforeNormalisation("show.images", [group, height, width], options);
  const { labels } = options;
  checkLabels(labels, count);
  checkClasses("show.images", options.classes);
  checkColumns(options.columns);

  return new Picture(async () => {
    const shown = before(await numbersOfAll(tensors));
    const statistics = statisticsOf(shown);
    const { range, note } = blackAndWhite(statistics.finite, t, options);
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
      ...fields,
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

/** @throws TypeError unless they are words, numbers or a tensor; DataError unless there is one an image */
function checkLabels(labels: ImagesOptions["labels"], count: number): void {
  if (labels === undefined) return;
  const isLabel = (label: unknown): boolean => typeof label === "string" || Number.isFinite(label);
  if (!(labels instanceof Tensor) && !(Array.isArray(labels) && labels.every(isLabel)))
    throw wrongKind("show.images", "labels", "words, numbers or a tensor", labels, "Give a word or a class an image.");
  const given = labels instanceof Tensor ? labels.numel() : labels.length;
  if (given !== count) throw new DataError(`show.images: ${given} labels for ${count} images. Give one an image.`);
}

/** @throws RangeError unless it is a number of tiles; undefined is the default */
function checkColumns(columns: number | undefined): void {
  if (columns !== undefined && (!Number.isInteger(columns) || columns < 1))
    throw new RangeError(
      `show.images: columns must be a whole number >= 1, got ${show(columns)}. Leave it out for up to ${ROW} a row.`,
    );
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
