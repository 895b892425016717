/** Elements chosen one by one, by numbers that the host has: a choice costs as many positions as there are results. */
import { isFloat } from "../../../devices/device";
import { indexSelect, where } from "../../../ops";
import { DataError } from "../../../errors";
import { resolveDim, sizeOf, stridesOf } from "../../../tensor/shape";
import type { Tensor } from "../../../tensor/tensor";
import { constantLike, ints, listOf, need, numbersOf, together } from "./host";
import { only, type NodeContext, type Operator, type OperatorTable } from "./operator";

/** The elements of x at these places of its flat numbers, -1 for 0: gradients flow back to them. */
export const pick = (x: Tensor, places: ArrayLike<number>, shape: readonly number[]): Tensor =>
  indexSelect(x.reshape(x.numel()), 0, Array.from(places)).reshape(...shape);

/** `f` of the index of each element of a shape, and of its place. */
function eachIndex(shape: readonly number[], f: (index: readonly number[], at: number) => void): void {
  const index = shape.map(() => 0);
  for (let at = 0; at < sizeOf(shape); at++) {
    f(index, at);
    for (let d = shape.length - 1; d >= 0 && ++index[d] === shape[d]; d--) index[d] = 0;
  }
}
const placeOf = (index: readonly number[], strides: readonly number[]): number =>
  index.reduce((sum, i, d) => sum + i * strides[d], 0);

/** Elements of a or b, by what stands in the condition at their place. */
const choose = only((inputs, context) => {
  const [condition, a, b] = [0, 1, 2].map((i) => need(inputs, i, context));
  const [left, right] = together(a, b);
  return where(...together(condition, left), together(condition, right)[1]);
});

/** Positions counted from the start: those below 0 count from the end. */
const fromStart = (indices: Tensor, length: number): Tensor => where(indices.lt(0), indices.add(length), indices);

/** Position p of n, counted from the end if below 0. @throws DataError */
function position(p: number, n: number, { name }: NodeContext): number {
  const at = p < 0 ? p + n : p;
  if (at >= 0 && at < n) return at;
  throw new DataError(`onnx: ${name} takes element ${p} of ${n}. Are the indices in range?`);
}

const gatherElements: Operator = {
  settings: [1],
  run(inputs, context) {
    const [x, indices] = together(need(inputs, 0, context), need(inputs, 1, context));
    const dim = resolveDim(context.name, context.attributes.int("axis", 0), x.shape.length);
    return x.gather(dim, fromStart(indices, x.shape[dim]));
  },
};

const gatherNd: Operator = {
  settings: [1],
  run(inputs, context) {
    const [x, indices] = [need(inputs, 0, context), need(inputs, 1, context)];
    const batch = context.attributes.int("batch_dims", 0);
    const depth = indices.shape[indices.shape.length - 1];
    const [numbers, strides] = [numbersOf(indices, context), stridesOf(x.shape)];
    const rest = x.shape.slice(batch + depth);
    const size = sizeOf(rest);
    const outer = indices.shape.slice(0, -1);
    const places: number[] = [];
    eachIndex(outer, (index, at) => {
      let start = placeOf(index.slice(0, batch), strides);
      for (let d = 0; d < depth; d++)
        start += position(numbers[at * depth + d], x.shape[batch + d], context) * strides[batch + d];
      for (let i = 0; i < size; i++) places.push(start + i);
    });
    return pick(x, places, [...outer, ...rest]);
  },
};

/** The k largest or smallest along an axis, with where they stand; of equals the first. */
const topK: Operator = {
  settings: [1],
  results: 2,
  run(inputs, context) {
    const { attributes } = context;
    const k = listOf(inputs, 1, context)?.[0] ?? attributes.int("k", 1);
    const largest = attributes.int("largest", 1) === 1;
    const { values, indices } = need(inputs, 0, context).topk(k, attributes.int("axis", -1), { largest });
    return [values, indices];
  },
};

/** The triangle of each matrix on one side of a diagonal, 0 elsewhere. */
const trilu: Operator = {
  settings: [1],
  run(inputs, context) {
    const x = need(inputs, 0, context);
    const k = listOf(inputs, 1, context)?.[0] ?? 0;
    return context.attributes.int("upper", 1) === 1 ? x.triu(k) : x.tril(k);
  },
};

/** 1 on a diagonal of a matrix of these lengths, 0 elsewhere. */
const eyeLike = only((inputs, context) => {
  const x = need(inputs, 0, context);
  const [rows, columns] = x.shape;
  const { attributes } = context;
  const k = attributes.int("k", 0);
  const ones = Array.from({ length: rows * columns }, (_, at) =>
    Number((at % columns) - Math.floor(at / columns) === k),
  );
  const whole = attributes.has("dtype") ? [6, 7].includes(attributes.int("dtype", 1)) : !isFloat(x.dtype);
  return whole ? ints(ones, x.shape) : constantLike(x, ones, x.shape);
});

/** 1 at the places that whole numbers name, 0 elsewhere, or two other numbers. */
const oneHot: Operator = {
  settings: [0, 1, 2],
  run(inputs, context) {
    const [indices, depths, values] = [0, 1, 2].map((i) => need(inputs, i, context));
    const [depth] = numbersOf(depths, context);
    const axis = resolveDim(context.name, context.attributes.int("axis", -1), indices.shape.length + 1);
    const classes = ints(
      Array.from({ length: depth }, (_, i) => i),
      [depth, ...indices.shape.slice(axis).map(() => 1)],
    );
    const here = fromStart(indices, depth).unsqueeze(axis);
    const [off, on] = [0, 1].map((i) => together(here, values.select(0, i))[1]);
    return where(here.eq(together(here, classes)[1]), on, off);
  },
};

export const picks: OperatorTable = {
  Where: choose,
  GatherElements: gatherElements,
  GatherND: gatherNd,
  TopK: topK,
  Trilu: trilu,
  EyeLike: eyeLike,
  OneHot: oneHot,
};
