/** Reductions over axes. */
import { resolveDim } from "../../../tensor/shape";
import type { Tensor } from "../../../tensor/tensor";
import { listFrom, need } from "./host";
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

const argMax: Operator = {
  lacks: ({ attributes }) => (attributes.int("select_last_index", 0) ? "select_last_index=1" : undefined),
  run: (inputs, context) =>
    need(inputs, 0, context).argmax(context.attributes.int("axis", 0), {
      keepdim: context.attributes.int("keepdims", 1) === 1,
    }),
};

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
  ArgMax: argMax,
};
