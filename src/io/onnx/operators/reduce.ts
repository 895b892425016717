/** Reductions over axes. */
import { indexSelect } from "../../../ops";
import { resolveDim } from "../../../tensor/shape";
import type { Tensor } from "../../../tensor/tensor";
import { listFrom, listOf, need } from "./host";
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
    return attributes.int("keepdims", 1) ? result : result.reshape(...x.shape.filter((_, d) => !dims.includes(d)));
  },
});

const argExtreme = (of: "argmax" | "argmin"): Operator => ({
  lacks: ({ attributes }) => (attributes.int("select_last_index", 0) ? "select_last_index=1" : undefined),
  run: (inputs, context) =>
    need(inputs, 0, context)[of](context.attributes.int("axis", 0), {
      keepdim: context.attributes.int("keepdims", 1) === 1,
    }),
});

/** Sums of all numbers up to each one, or of those before it; backwards from the end. */
const cumSum: Operator = {
  settings: [1],
  run(inputs, context) {
    const x = need(inputs, 0, context);
    const { attributes } = context;
    const dim = resolveDim(context.name, listOf(inputs, 1, context)?.[0] ?? 0, x.shape.length);
    const backwards = attributes.int("reverse", 0) === 1;
    const line = backwards ? x.flip(dim) : x;
    const length = x.shape[dim];
    const before = Array.from({ length }, (_, i) => i - 1); // -1 is a zero
    const sums = (attributes.int("exclusive", 0) ? indexSelect(line, dim, before) : line).cumsum(dim);
    return backwards ? sums.flip(dim) : sums;
  },
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
  CumSum: cumSum,
  ReduceProd: reduce(eachDim((x, dim) => x.prod(dim, { keepdim: true }))),
  ArgMax: argExtreme("argmax"),
  ArgMin: argExtreme("argmin"),
};
