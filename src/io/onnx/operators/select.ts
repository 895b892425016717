/** Parts of tensors, and tensors put together. */
import { cat, indexSelect } from "../../../ops";
import { dropout } from "../../../nn/dropout";
import { DataError } from "../../../errors";
import { resolveDim } from "../../../tensor/shape";
import type { Tensor } from "../../../tensor/tensor";
import { listFrom, listOf, need, numbersOf } from "./host";
import { only, type NodeContext, type NodeInputs, type Operator, type OperatorTable } from "./operator";

const range = (length: number): number[] => Array.from({ length }, (_, i) => i);

const concat = only((inputs, context) => {
  const parts = inputs.map((_, i) => need(inputs, i, context));
  return cat(parts, context.attributes.int("axis", 1));
});

const split: Operator = {
  settings: [1],
  results: Infinity,
  run(inputs, context) {
    const x = need(inputs, 0, context);
    const dim = resolveDim(context.name, context.attributes.int("axis", 0), x.shape.length);
    const each = Math.ceil(x.shape[dim] / context.outputs);
    const equal = range(context.outputs).map((i) => Math.min(each, x.shape[dim] - i * each));
    let start = 0;
    return (listFrom(inputs, 1, "split", context) ?? equal).map((length) => {
      const part = x.slice(dim, start, start + length);
      start += length;
      return part;
    });
  },
};

const slice: Operator = {
  settings: [1, 2, 3, 4],
  run(inputs, context) {
    let x = need(inputs, 0, context);
    const starts = listFrom(inputs, 1, "starts", context) ?? [];
    const ends = listFrom(inputs, 2, "ends", context) ?? [];
    const axes = listFrom(inputs, 3, "axes", context) ?? range(starts.length);
    const steps = listOf(inputs, 4, context) ?? starts.map(() => 1);
    axes.forEach((axis, i) => {
      const dim = resolveDim(context.name, axis, x.shape.length);
      x = steps[i] > 0 ? x.slice(dim, starts[i], ends[i], steps[i]) : backwards(x, dim, starts[i], ends[i], steps[i]);
    });
    return x;
  },
};

function backwards(x: Tensor, dim: number, start: number, end: number, step: number): Tensor {
  const length = x.shape[dim];
  const from = Math.min(start < 0 ? start + length : start, length - 1);
  const to = Math.max(end < 0 ? end + length : end, -1);
  const rows: number[] = [];
  for (let row = from; row > to; row += step) rows.push(row);
  return indexSelect(x, dim, rows);
}

const gather: Operator = {
  settings: [1],
  run(inputs, context) {
    const [x, indices] = [need(inputs, 0, context), need(inputs, 1, context)];
    const dim = resolveDim(context.name, context.attributes.int("axis", 0), x.shape.length);
    const length = x.shape[dim];
    const rows = (listOf(inputs, 1, context) ?? []).map((row) => (row < 0 ? row + length : row));
    const wrong = rows.find((row) => row < 0 || row >= length);
    if (wrong !== undefined)
      throw new DataError(
        `onnx: ${context.name} takes row ${wrong} of ${length} (dimension ${dim}). Are the inputs class indices in range?`,
      );
    return indexSelect(x, dim, rows).reshape(...x.shape.slice(0, dim), ...indices.shape, ...x.shape.slice(dim + 1));
  },
};

const tile: Operator = {
  settings: [1],
  run(inputs, context) {
    const repeats = listOf(inputs, 1, context) ?? [];
    return repeats.reduce(
      (x, times, d) =>
        times === 1
          ? x
          : indexSelect(
              x,
              d,
              range(x.shape[d] * times).map((i) => i % x.shape[d]),
            ),
      need(inputs, 0, context),
    );
  },
};

const expand: Operator = {
  settings: [1],
  run(inputs, context) {
    const wanted = listOf(inputs, 1, context) ?? [];
    let x = need(inputs, 0, context);
    const more = Math.max(0, wanted.length - x.shape.length);
    x = x.reshape(...new Array<number>(more).fill(1), ...x.shape);
    const shift = x.shape.length - wanted.length;
    return wanted.reduce((value, length, i) => {
      const d = i + shift;
      return value.shape[d] === 1 && length > 1 ? indexSelect(value, d, new Array<number>(length).fill(0)) : value;
    }, x);
  },
};

/** Which row stands at `i` (from -first to length + last) of a padded dimension; -1 for the fill value. */
const paddedRow: Record<string, (i: number, length: number) => number> = {
  constant: (i, length) => (i < 0 || i >= length ? -1 : i),
  edge: (i, length) => Math.min(length - 1, Math.max(0, i)),
  wrap: (i, length) => ((i % length) + length) % length,
  reflect(i, length) {
    const period = Math.max(1, 2 * (length - 1));
    const folded = ((i % period) + period) % period;
    return folded < length ? folded : period - folded;
  },
};

const pad: Operator = {
  settings: [1, 2, 3],
  lacks: ({ attributes }) => {
    const mode = attributes.text("mode", "constant");
    return mode in paddedRow ? undefined : `mode=${mode}`;
  },
  run: (inputs: NodeInputs, context: NodeContext) => {
    const x = need(inputs, 0, context);
    const { attributes } = context;
    const pads = listFrom(inputs, 1, "pads", context) ?? attributes.ints("paddings") ?? [];
    const value = listOf(inputs, 2, context)?.[0] ?? attributes.float("value", 0);
    const axes = listOf(inputs, 3, context) ?? range(pads.length / 2);
    const place = paddedRow[attributes.text("mode", "constant")];
    return axes.reduce((image, axis, i) => {
      const dim = resolveDim(context.name, axis, image.shape.length);
      const [first, last, length] = [pads[i], pads[i + axes.length], image.shape[dim]];
      if (first === 0 && last === 0) return image;
      return indexSelect(
        image,
        dim,
        range(length + first + last).map((at) => place(at - first, length)),
        value,
      );
    }, x);
  },
};

/** In training a random part of the numbers is 0; evaluation lets all through. */
const randomly: Operator = {
  settings: [1, 2],
  trains: (_, [, , mode]) => mode !== undefined && numbersOf(mode, { name: "Dropout" })[0] !== 0,
  run(inputs, context) {
    const p = listOf(inputs, 1, context)?.[0] ?? context.attributes.float("ratio", 0.5);
    return dropout(need(inputs, 0, context), { p, training: context.training });
  },
};

export const selections: OperatorTable = {
  Concat: concat,
  Split: split,
  Slice: slice,
  Gather: gather,
  Tile: tile,
  Expand: expand,
  Pad: pad,
  Dropout: randomly,
};
