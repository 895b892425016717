/** A page of a data set: its images with their labels. */
import type { Dataset, Item } from "../../../data/dataset";
import { columnsFor, type View } from "../../../marks";
import { fromArray } from "../../../tensor/create";
import { sameShape, showShape } from "../../../tensor/shape";
import type { Tensor } from "../../../tensor/tensor";
import { featureMaps } from "../../show/featureMaps";
import { images } from "../../show/images";
import { numbersOf } from "../../tensors";
import { classesIn } from "../../classNames";
import { inputIn, itemsOf, labelIn, normalizationOf } from "../images";

export async function datasetView(data: Dataset<Item>, from = 0, count = 24): Promise<View> {
  const items = await itemsOf(data, from, count);
  const inputs = items.map(inputIn);
  const [{ shape }] = inputs;
  const last = from + items.length - 1;
  const head = {
    version: 2 as const,
    title: data.constructor.name,
    subtitle: `items ${from} to ${last} of ${data.length}, ${showShape(shape)} ${inputs[0].dtype}`,
  };
  const isImage = shape.length === 3 && (shape[0] === 1 || shape[0] === 3);
  if (isImage) {
    const words = await Promise.all(items.map((item, i) => wordsFor(item, from + i, classesIn(data))));
    // Images of several sizes are not told apart from one another in one grid: those of the first one's size are shown.
    const alike = inputs.map((each) => sameShape(each.shape, shape));
    const said = words.filter((_, i) => alike[i]);
    const shown = inputs.filter((_, i) => alike[i]);
    const labels = said.map(({ label }) => label);
    const { marks } = await images(shown, { labels, ...normalizationOf(data) }).view();
    const names = said.map(({ name }) => name);
    const other = inputs.length - shown.length;
    const note = other > 0 ? `, ${other} of another size not shown` : "";
    const named = marks.map((mark) => (mark.mark === "grid" ? { ...mark, names } : mark));
    return { ...head, subtitle: head.subtitle + note, marks: named };
  }
  return { ...head, marks: await otherMarks(inputs) };
}

/** `3 · cat` and `item 3, cat`: the place of the item, and its label. */
async function wordsFor(
  item: Item,
  index: number,
  classes: readonly string[] | undefined,
): Promise<{ label: string; name: string }> {
  const given = await labelIn(item);
  if (given === undefined) return { label: `${index}`, name: `item ${index}` };
  const word = classes?.[given] ?? `${given}`;
  return { label: `${index} · ${word}`, name: `item ${index}, ${/\D/.test(word) ? word : `class ${word}`}` };
}

/** Maps of the first item, or a row an item. */
async function otherMarks(inputs: readonly Tensor[]): Promise<View["marks"]> {
  const [first] = inputs;
  if (first.shape.length === 3) return (await featureMaps(first).view()).marks;
  const rows = inputs.filter(({ shape }) => sameShape(shape, first.shape));
  const [height, width] = [1, 1, ...first.shape].slice(-2);
  const planes = first.numel() / (height * width);
  if (first.shape.length > 1)
    return (await featureMaps(fromArray(await numbersOf(first), [planes, height, width])).view()).marks;
  const numbers = Float32Array.from((await Promise.all(rows.map(async (row) => [...(await numbersOf(row))]))).flat());
  const { marks } = await featureMaps(fromArray(numbers, [1, rows.length, width]), {
    labels: ["a row an item"],
  }).view();
  return marks.map((mark) => (mark.mark === "grid" ? { ...mark, tile: "table", columns: columnsFor(1) } : mark));
}
