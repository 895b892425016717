import { DTypeError, ShapeError } from "../../errors";
import { isFloat } from "../../devices/device";
import { resolveDim, showShape, sizeOf } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp, type Op, type Sample } from "../defineOp";
import { reshape } from "../reshape";
import { reduceCpu } from "./cpu";
import { reduceGpu } from "./gpu";
import type { ReduceGeometry, ReduceKernels, ReduceMode } from "./kernels";
import { reduceReference } from "./reference";

export interface ReduceOptions {
  /** Keep the reduced dimensions with length 1; default false. */
  keepdim?: boolean;
}

const samples: Sample<{ dim: number }>[] = [
  { inputs: [[7]], fill: ["distinct"], options: { dim: 0 } },
  { inputs: [[2, 3, 4]], fill: ["distinct"], options: { dim: 0 } },
  { inputs: [[2, 3, 4]], fill: ["distinct"], options: { dim: 1 } },
  { inputs: [[2, 3, 4]], fill: ["distinct"], options: { dim: 2 } },
  { inputs: [[3, 11]], fill: ["distinct"], options: { dim: 1 } },
  { inputs: [[3, 19]], fill: ["distinct"], options: { dim: 0 } },
];

function define(mode: ReduceMode): Op<ReduceKernels, { dim: number }, ReduceGeometry> {
  return defineOp<ReduceKernels, { dim: number }, ReduceGeometry>({
    name: mode,
    inputNames: ["input"],
    shape([x], { dim }) {
      const inner = sizeOf(x.shape.slice(dim + 1));
      const length = x.shape[dim];
      if (length === 0 && mode !== "sum")
        throw new ShapeError(`${mode}: dimension ${dim} has no elements (input ${showShape(x.shape)}).`);
      const outDType = mode === "argmax" || !isFloat(x.dtype) ? "int32" : x.dtype;
      if (!isFloat(x.dtype) && (mode === "max" || mode === "min"))
        throw new DTypeError(`${mode}: takes a float tensor, got ${x.dtype} (input ${showShape(x.shape)}).`);
      const outShape = x.shape.filter((_, d) => d !== dim);
      return { mode, outer: sizeOf(x.shape.slice(0, dim)), length, inner, outShape, outDType };
    },
    forward(k, [x], g) {
      if (mode === "sum") return k.sum(x, g);
      const { values, positions } = k.extreme(x, g);
      return mode === "argmax" ? positions : { output: values, extra: [positions] };
    },
    backward:
      mode === "argmax"
        ? null
        : (k, dy, { extra: [positions], geometry }) => [
            mode === "sum" ? k.sumBackward(dy, geometry) : k.extremeBackward(dy, positions, geometry),
          ],
    kernels: { reference: reduceReference, cpu: reduceCpu, gpu: reduceGpu },
    samples,
  });
}

export const reduceOps = {
  sum: define("sum"),
  max: define("max"),
  min: define("min"),
  argmax: define("argmax"),
};

/** Reduces `dims` one after another, the last first; all dimensions at once as one flat row. */
function reduce(mode: ReduceMode, x: Tensor, dims: number[] | undefined, options: ReduceOptions): Tensor {
  const rank = x.shape.length;
  const resolved = dims?.map((dim) => resolveDim(mode, dim, rank)) ?? x.shape.map((_, d) => d);
  let result = x;
  if (dims === undefined) result = reduceOps[mode]([reshape(x, [x.numel()], mode)], { dim: 0 });
  else
    for (const dim of [...new Set(resolved)].sort((a, b) => b - a))
      result = reduceOps[mode]([result], { dim });
  if (!options.keepdim) return result;
  return reshape(
    result,
    x.shape.map((length, d) => (resolved.includes(d) ? 1 : length)),
    mode,
  );
}

const list = (dim: number | number[] | undefined): number[] | undefined =>
  typeof dim === "number" ? [dim] : dim;

/** The sum over `dim`, over several dimensions, or over everything. Integers and bools sum to int32. @see torch.sum */
export function sum(x: Tensor, dim?: number | number[], options: ReduceOptions = {}): Tensor {
  return reduce("sum", x, list(dim), options);
}

/** The mean over `dim`, over several dimensions, or over everything. @throws DTypeError for integers @see torch.mean */
export function mean(x: Tensor, dim?: number | number[], options: ReduceOptions = {}): Tensor {
  if (!isFloat(x.dtype))
    throw new DTypeError(
      `mean: takes a float tensor, got ${x.dtype} (input ${showShape(x.shape)}). Use sum().`,
    );
  const total = sum(x, dim, options);
  return total.div(x.numel() / Math.max(1, total.numel()));
}

/** The largest value over `dim` or over everything. @see torch.amax */
export const max = (x: Tensor, dim?: number, options: ReduceOptions = {}): Tensor =>
  reduce("max", x, list(dim), options);
/** The smallest value over `dim` or over everything. @see torch.amin */
export const min = (x: Tensor, dim?: number, options: ReduceOptions = {}): Tensor =>
  reduce("min", x, list(dim), options);
/** The position of the largest value over `dim`, or in the flat tensor; int32, the first of equals. @see torch.argmax */
export const argmax = (x: Tensor, dim?: number, options: ReduceOptions = {}): Tensor =>
  reduce("argmax", x, list(dim), options);
