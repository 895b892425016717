import { show } from "../../arguments";
import { DTypeError, ShapeError } from "../../errors";
import { isFloat } from "../../devices/device";
import { checkOptions, type OptionNames } from "../../options";
import { around, resolveDimOrScalar, showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp, type Op, type Sample } from "../define/defineOp";
import { reshape } from "../reshape";
import { permute } from "../strided";
import { reduceCpu } from "./cpu";
import { reduceGpu } from "./gpu";
import type { ReduceGeometry, ReduceKernels, ReduceMode } from "./kernels";
import { reduceReference } from "./reference";

export interface ReduceOptions {
  /** Keep the reduced dimensions with length 1; default false. */
  keepdim?: boolean;
}
export const reduceOptions: OptionNames<ReduceOptions> = { keepdim: true };

const samples: Sample<OpOptions>[] = [
  { inputs: [[7]], fill: ["distinct"], options: { dim: 0 } },
  { inputs: [[2, 3, 4]], fill: ["distinct"], options: { dim: 0 } },
  { inputs: [[2, 3, 4]], fill: ["distinct"], options: { dim: 1 } },
  { inputs: [[2, 3, 4]], fill: ["distinct"], options: { dim: 2 } },
  { inputs: [[3, 11]], fill: ["distinct"], options: { dim: 1 } },
  { inputs: [[3, 19]], fill: ["distinct"], options: { dim: 0 } },
  { inputs: [[3, 5]], fill: ["distinct"], options: { dim: 1, evenly: true } },
];

interface OpOptions {
  dim: number;
  /** Whether equal extreme values share the gradient; default false: the first one gets it. */
  evenly?: boolean;
}

function define(mode: ReduceMode): Op<ReduceKernels, OpOptions, ReduceGeometry> {
  const isPosition = mode === "argmax" || mode === "argmin";
  return defineOp<ReduceKernels, OpOptions, ReduceGeometry>({
    name: mode,
    inputNames: ["input"],
    shape([x], { dim, evenly = false }) {
      const sizes = around(x.shape, dim);
      const isCount = isPosition || (mode === "sum" && !isFloat(x.dtype));
      return {
        mode,
        smallest: mode === "min" || mode === "argmin",
        evenly,
        ...sizes,
        outShape: x.shape.filter((_, d) => d !== dim),
        outDType: isCount ? "int32" : x.dtype,
      };
    },
    forward(k, [x], g) {
      if (mode === "sum") return k.sum(x, g);
      const { values, positions } = k.extreme(x, g);
      return isPosition ? positions : { output: values, extra: [positions] };
    },
    backward: isPosition
      ? null
      : (k, dy, { inputs: [x], output, extra: [positions], geometry: g }) => [
          mode === "sum"
            ? k.sumBackward(dy, g)
            : g.evenly
              ? k.shareBackward(dy, x, output, g)
              : k.extremeBackward(dy, positions, g),
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
  argmin: define("argmin"),
};

/** Whether it is an array; plain JavaScript passes anything. */
const isList = (value: unknown): boolean => Array.isArray(value);

/** @throws TypeError unless it is a list, or nothing; PyTorch's keyword, `dim=1`, becomes an object */
function checkDims(caller: string, dims: unknown): void {
  if (dims !== undefined && !isList(dims))
    throw new TypeError(
      `${caller}: dim is a number or an array of numbers, got ${show(dims)}. ` +
        `Write ${caller}(1), or ${caller}(1, { keepdim: true }).`,
    );
}

/** The dimensions named, counted from the front; null for all of them. @throws ShapeError for one that is named twice */
function resolveDims(mode: ReduceMode, dims: readonly number[] | undefined, rank: number): number[] | null {
  checkDims(mode, dims);
  if (dims === undefined || dims.length === 0) return null;
  const resolved = dims.map((dim) => resolveDimOrScalar(mode, dim, rank));
  if (new Set(resolved).size < resolved.length)
    throw new ShapeError(`${mode}: [${dims.join(",")}] names a dimension twice. Name each one once.`);
  return resolved;
}

/** Reduces `dims` one after another, the last first; all dimensions at once as one flat row. */
function reduce(mode: ReduceMode, x: Tensor, dims: number[] | undefined, options: ReduceOptions): Tensor {
  const { shape } = x;
  const resolved = resolveDims(mode, dims, shape.length);
  if (mode !== "sum") checkExtreme(mode, x, resolved);
  let result: Tensor;
  if (resolved === null || shape.length === 0)
    result = reduceOps[mode]([reshape(x, [x.numel()], mode)], { dim: 0, evenly: resolved === null });
  else if (resolved.length > 1 && !isFloat(x.dtype)) result = sumAtOnce(x, resolved);
  else result = resolved.sort((a, b) => b - a).reduce((reduced, dim) => reduceOps[mode]([reduced], { dim }), x);
  if (!options.keepdim) return result;
  return reshape(
    result,
    shape.map((length, d) => (resolved === null || resolved.includes(d) ? 1 : length)),
    mode,
  );
}

/** @throws ShapeError, DTypeError where there is no largest or smallest number, or PyTorch gives no position of it */
function checkExtreme(mode: ReduceMode, { shape, dtype }: Tensor, dims: readonly number[] | null): void {
  const empty = (dims ?? shape.map((_, d) => d)).find((d) => shape[d] === 0);
  if (empty !== undefined)
    throw new ShapeError(
      `${mode}: dimension ${empty} has no elements (input ${showShape(shape)}). Check that there is something first.`,
    );
  if (dtype === "bool" && (mode === "argmax" || mode === "argmin"))
    throw new DTypeError(`${mode}: does not take bools (input ${showShape(shape)}). Convert it with .int().`);
}

/** A sum of whole numbers over several dimensions: parts of it might leave int32 where the whole does not. */
function sumAtOnce(x: Tensor, dims: readonly number[]): Tensor {
  const kept = x.shape.map((_, d) => d).filter((d) => !dims.includes(d));
  const lengths = kept.map((d) => x.shape[d]);
  const count = dims.reduce((product, d) => product * x.shape[d], 1);
  const rows = reshape(permute(x, [...kept, ...dims]), [...lengths, count], "sum");
  return reduceOps.sum([rows], { dim: lengths.length });
}

const list = (dim: number | number[] | undefined): number[] | undefined => (typeof dim === "number" ? [dim] : dim);

/** The sum over `dim`, over several dimensions, or over everything. Integers and bools sum to int32. @see torch.sum */
export function sum(x: Tensor, dim?: number | number[], options: ReduceOptions = {}): Tensor {
  checkOptions("sum", options, reduceOptions, arguments, 2);
  return reduce("sum", x, list(dim), options);
}

/** The mean over `dim`, over several dimensions, or over everything. @throws DTypeError for integers @see torch.mean */
export function mean(x: Tensor, dim?: number | number[], options: ReduceOptions = {}): Tensor {
  checkOptions("mean", options, reduceOptions, arguments, 2);
  checkDims("mean", list(dim));
  if (!isFloat(x.dtype))
    throw new DTypeError(
      `mean: takes a float tensor, got ${x.dtype} (input ${showShape(x.shape)}). Convert it with .float().`,
    );
  const total = sum(x, dim, options);
  return total.div(x.numel() / Math.max(1, total.numel()));
}

/** The largest value over `dim` or over everything; NaN if there is one. @see torch.max */
export function max(x: Tensor, dim?: number, options: ReduceOptions = {}): Tensor {
  checkOptions("max", options, reduceOptions, arguments, 2);
  return reduce("max", x, list(dim), options);
}
/** The smallest value over `dim` or over everything; NaN if there is one. @see torch.min */
export function min(x: Tensor, dim?: number, options: ReduceOptions = {}): Tensor {
  checkOptions("min", options, reduceOptions, arguments, 2);
  return reduce("min", x, list(dim), options);
}
/** The position of the largest value over `dim`, or in the flat tensor; int32, the first of equals. @see torch.argmax */
export function argmax(x: Tensor, dim?: number, options: ReduceOptions = {}): Tensor {
  checkOptions("argmax", options, reduceOptions, arguments, 2);
  return reduce("argmax", x, list(dim), options);
}
/** The position of the smallest value over `dim`, or in the flat tensor; int32, the first of equals. @see torch.argmin */
export function argmin(x: Tensor, dim?: number, options: ReduceOptions = {}): Tensor {
  checkOptions("argmin", options, reduceOptions, arguments, 2);
  return reduce("argmin", x, list(dim), options);
}
