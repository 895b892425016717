/** Elements chosen one by one, by numbers that the host has: a choice costs as many positions as there are results. */
import { cat, indexSelect } from "../../../ops";
import { DataError } from "../../../errors";
import { broadcastShapes, broadcastStrides, resolveDim, sizeOf, stridesOf } from "../../../tensor/shape";
import type { Tensor } from "../../../tensor/tensor";
import { constantLike, ints, need, numbersOf, together } from "./host";
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
const withLength = (index: readonly number[], dim: number, value: number): number[] =>
  index.map((i, d) => (d === dim ? value : i));
const placeOf = (index: readonly number[], strides: readonly number[]): number =>
  index.reduce((sum, i, d) => sum + i * strides[d], 0);

/** Elements of a or b, by what stands in the condition at their place. */
const where = only((inputs, context) => {
  const [condition, a, b] = [0, 1, 2].map((i) => need(inputs, i, context));
  const shape = broadcastShapes(
    context.name,
    broadcastShapes(context.name, condition.shape, a.shape),
    b.shape,
  );
  const chosen = numbersOf(condition, context);
  const [sc, sa, sb] = [condition, a, b].map((t) => broadcastStrides(t.shape, shape));
  const places: number[] = [];
  eachIndex(shape, (index) =>
    places.push(chosen[placeOf(index, sc)] ? placeOf(index, sa) : a.numel() + placeOf(index, sb)),
  );
  const [left, right] = together(a, b);
  return pick(cat([left.reshape(a.numel()), right.reshape(b.numel())], 0), places, shape);
});

/** Position p of n, counted from the end if below 0. @throws DataError */
function position(p: number, n: number, { name }: NodeContext): number {
  const at = p < 0 ? p + n : p;
  if (at >= 0 && at < n) return at;
  throw new DataError(`onnx: ${name} takes element ${p} of ${n}. Are the indices in range?`);
}

const gatherElements: Operator = {
  settings: [1],
  run(inputs, context) {
    const [x, indices] = [need(inputs, 0, context), need(inputs, 1, context)];
    const dim = resolveDim(context.name, context.attributes.int("axis", 0), x.shape.length);
    const [strides, numbers] = [stridesOf(x.shape), numbersOf(indices, context)];
    const places: number[] = [];
    eachIndex(indices.shape, (index, at) =>
      places.push(placeOf(withLength(index, dim, position(numbers[at], x.shape[dim], context)), strides)),
    );
    return pick(x, places, indices.shape);
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
    const x = need(inputs, 0, context);
    const { attributes } = context;
    const dim = resolveDim(context.name, attributes.int("axis", -1), x.shape.length);
    const given = inputs[1];
    const k = given ? numbersOf(given, context)[0] : attributes.int("k", 1);
    const sign = attributes.int("largest", 1) ? -1 : 1;
    const [numbers, strides] = [numbersOf(x, context), stridesOf(x.shape)];
    const shape = x.shape.map((length, d) => (d === dim ? k : length));
    const [places, positions] = [new Int32Array(sizeOf(shape)), new Int32Array(sizeOf(shape))];
    const own = stridesOf(shape);
    eachIndex(
      shape.map((length, d) => (d === dim ? 1 : length)),
      (index) => {
        const start = placeOf(index, strides);
        const at = (i: number): number => numbers[start + i * strides[dim]];
        const order = Array.from({ length: x.shape[dim] }, (_, i) => i);
        order.sort((i, j) => sign * (at(i) - at(j)) || i - j);
        for (let n = 0; n < k; n++) {
          const to = placeOf(index, own) + n * own[dim];
          [places[to], positions[to]] = [start + order[n] * strides[dim], order[n]];
        }
      },
    );
    return [pick(x, places, shape), ints([...positions], shape)];
  },
};

/** The triangle of each matrix on one side of a diagonal, 0 elsewhere. */
const trilu: Operator = {
  settings: [1],
  run(inputs, context) {
    const x = need(inputs, 0, context);
    const k = inputs[1] ? numbersOf(inputs[1], context)[0] : 0;
    const upper = context.attributes.int("upper", 1) === 1;
    const rank = x.shape.length;
    const places: number[] = [];
    eachIndex(x.shape, (index, at) => {
      const beyond = index[rank - 1] - index[rank - 2] - k;
      places.push((upper ? beyond >= 0 : beyond <= 0) ? at : -1);
    });
    return pick(x, places, x.shape);
  },
};

/** 1 at the places that whole numbers name, 0 elsewhere, or two other numbers. */
const oneHot: Operator = {
  settings: [0, 1, 2],
  run(inputs, context) {
    const [indices, depths, values] = [0, 1, 2].map((i) => need(inputs, i, context));
    const [depth] = numbersOf(depths, context);
    const [off, on] = numbersOf(values, context);
    const rank = indices.shape.length + 1;
    const axis = resolveDim(context.name, context.attributes.int("axis", -1), rank);
    const shape = [...indices.shape.slice(0, axis), depth, ...indices.shape.slice(axis)];
    const [numbers, strides] = [numbersOf(indices, context), stridesOf(indices.shape)];
    const out: number[] = [];
    eachIndex(shape, (index) => {
      const wanted =
        numbers[
          placeOf(
            index.filter((_, d) => d !== axis),
            strides,
          )
        ];
      out.push((wanted < 0 ? wanted + depth : wanted) === index[axis] ? on : off);
    });
    return values.dtype === "int32" ? ints(out, shape) : constantLike(values, out, shape);
  },
};

export const picks: OperatorTable = {
  Where: where,
  GatherElements: gatherElements,
  GatherND: gatherNd,
  TopK: topK,
  Trilu: trilu,
  OneHot: oneHot,
};
