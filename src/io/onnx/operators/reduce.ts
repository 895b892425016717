/** Reductions over axes. */
import { isFloat } from "../../../devices/device";
import { resolveDim, sizeOf } from "../../../tensor/shape";
import type { Tensor } from "../../../tensor/tensor";
import { ints, listFrom, need, numbersOf } from "./host";
import { type Operator, type OperatorTable } from "./operator";

type Reduce = (x: Tensor, dims: number[]) => Tensor;

/** One dimension after another, all kept with length 1. */
const eachDim =
  (f: (x: Tensor, dim: number) => Tensor): Reduce =>
  (x, dims) =>
    dims.reduce(f, x);
const sum: Reduce = (x, dims) => x.sum(dims, { keepdim: true });
const largest = eachDim((x, dim) => x.max(dim, { keepdim: true }));

const reduce = (f: Reduce): Operator => ({
  settings: [1],
  run(inputs, context) {
    const x = need(inputs, 0, context);
    const { attributes } = context;
    const given = listFrom(inputs, 1, "axes", context) ?? [];
    if (given.length === 0 && attributes.int("noop_with_empty_axes", 0)) return x;
    const dims = given.length
      ? given.map((axis) => resolveDim(context.name, axis, x.shape.length))
      : x.shape.map((_, d) => d);
    const result = f(x, dims);
    return attributes.int("keepdims", 1)
      ? result
      : result.reshape(...x.shape.filter((_, d) => !dims.includes(d)));
  },
});

/** One product after another: there are few numbers where products are taken. */
const product = eachDim((x, dim) => {
  if (!isFloat(x.dtype)) return integers(x, dim);
  const ones = x.sum(dim, { keepdim: true }).mul(0).add(1);
  return Array.from({ length: x.shape[dim] }, (_, i) => x.slice(dim, i, i + 1)).reduce((a, b) => a.mul(b), ones.detach()); // prettier-ignore
});

/** Of whole numbers, such as lengths, on the host. */
function integers(x: Tensor, dim: number): Tensor {
  const context = { name: "ReduceProd" };
  const parts = Array.from({ length: x.shape[dim] }, (_, i) => numbersOf(x.slice(dim, i, i + 1), context));
  const shape = x.shape.map((length, d) => (d === dim ? 1 : length));
  const out = Array.from({ length: sizeOf(shape) }, (_, at) =>
    parts.reduce((all, part) => all * part[at], 1),
  );
  return ints(out, shape);
}

const argExtreme = (f: (x: Tensor) => Tensor): Operator => ({
  lacks: ({ attributes }) => (attributes.int("select_last_index", 0) ? "select_last_index=1" : undefined),
  run: (inputs, context) =>
    f(need(inputs, 0, context)).argmax(context.attributes.int("axis", 0), {
      keepdim: context.attributes.int("keepdims", 1) === 1,
    }),
});

export const reductions: OperatorTable = {
  ReduceSum: reduce(sum),
  ReduceMean: reduce((x, dims) => x.mean(dims, { keepdim: true })),
  ReduceMax: reduce(largest),
  ReduceMin: reduce(eachDim((x, dim) => x.min(dim, { keepdim: true }))),
  ReduceL1: reduce((x, dims) => sum(x.abs(), dims)),
  ReduceL2: reduce((x, dims) => sum(x.mul(x), dims).sqrt()),
  ReduceSumSquare: reduce((x, dims) => sum(x.mul(x), dims)),
  ReduceLogSum: reduce((x, dims) => sum(x, dims).log()),
  ReduceLogSumExp: reduce((x, dims) => {
    // Nothing has no largest number.
    if (x.numel() === 0) return sum(x.exp(), dims).log();
    const peak = largest(x.detach(), dims);
    return sum(x.sub(peak).exp(), dims).log().add(peak);
  }),
  ReduceProd: reduce(product),
  ArgMax: argExtreme((x) => x),
  ArgMin: argExtreme((x) => x.neg()),
};
