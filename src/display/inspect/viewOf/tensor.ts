/** A tensor as the inspector shows it: a picture that suits its shape, and a histogram of its numbers. */
import type { Mark, View } from "../../../marks";
import { Parameter } from "../../../nn/parameter";
import { fromArray } from "../../../tensor/create";
import { showShape, sizeOf, type Shape } from "../../../tensor/shape";
import type { Tensor } from "../../../tensor/tensor";
import { chartLines } from "../../series";
import { featureMaps } from "../../show/featureMaps";
import { filters } from "../../show/filters";
import { images } from "../../show/images";
import { numbersOf } from "../../tensors";
import { imagesIn, rowsOf } from "../images";
import { ofFinite } from "./finite";
import { histogramMark } from "./histogram";

/** Pixels a side of the smallest pictures. */
const SMALLEST_PICTURE = 8;

export async function tensorView(t: Tensor, from = 0, count = 24): Promise<View> {
  const pages = t.shape.length === 4 && imagesIn(t) > 1 && !isWeight(t);
  const notes = pages ? [`from ${Math.min(from, t.shape[0] - 1)}`] : [];
  return {
    version: 2,
    title: isWeight(t) ? "Parameter" : "Tensor",
    subtitle: [`${showShape(t.shape)} ${t.dtype} on ${t.device}`, ...notes].join(", "),
    marks: [...(await tensorMarks(t, from, count)), ...histogramMark(await numbersOf(t))],
  };
}

const isWeight = (t: Tensor): boolean => t instanceof Parameter;

/** The picture alone; a batch is shown from image `from` on. */
export async function tensorMarks(t: Tensor, from = 0, count = 24): Promise<Mark[]> {
  const { shape } = t;
  if (t.numel() === 0) throw new Error(`view: the tensor ${showShape(shape)} is empty. There is nothing to show.`);
  const rank = shape.length;
  if (rank === 4 && !isWeight(t)) return batchMarks(t, from, count);
  const numbers = await numbersOf(t);
  if (rank === 4) return ofFinite((await filters(t).view()).marks, numbers);
  if (rank === 3) return ofFinite((await (isPicture(shape) ? images(t) : featureMaps(t)).view()).marks, numbers);
  if (rank === 1) {
    const y = Array.from(numbers);
    return [
      {
        mark: "chart",
        title: "Numbers",
        x: "index",
        y: "",
        lines: chartLines([{ name: "value", x: y.map((_, i) => i), y }], 0),
      },
    ];
  }
  const [height, width] = [1, 1, ...shape].slice(-2);
  const planes = sizeOf(shape) / (height * width);
  return ofFinite((await featureMaps(fromArray(numbers, [planes, height, width])).view()).marks, numbers);
}

/** Whether [C,H,W] are the pixels of a picture: a few pixels are rather weights, or maps of a last layer. */
const isPicture = ([channels, height, width]: Shape): boolean =>
  (channels === 1 || channels === 3) && Math.min(height, width) >= SMALLEST_PICTURE;

/** Images side by side, or the maps of one image. */
async function batchMarks(t: Tensor, from: number, count: number): Promise<Mark[]> {
  const [length] = t.shape;
  const first = Math.max(0, Math.min(Math.trunc(from) || 0, length - 1));
  if (!isPicture(t.shape.slice(1))) {
    const numbers = await numbersOf(await rowsOf(t, first, first + 1));
    return ofFinite((await featureMaps(t, { image: first }).view()).marks, numbers);
  }
  const last = Math.min(length, first + count);
  const labels = Array.from({ length: last - first }, (_, i) => `${first + i}`);
  const shown = await rowsOf(t, first, last);
  return ofFinite((await images(shown, { labels }).view()).marks, await numbersOf(shown));
}
