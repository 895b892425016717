/** Ops that read elements in another order: permute, transpose, slice, flip, clone. */
import { checkNumber, checkNumbers, show } from "../../arguments";
import { ShapeError } from "../../errors";
import { resolveDim, resolveDimOrScalar, showShape, sizeOf, stridesOf, type Shape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp } from "../define/defineOp";
import { stridedCpu } from "./cpu";
import { stridedGpu } from "./gpu";
import type { StridedGeometry, StridedKernels } from "./kernels";
import { stridedReference } from "./reference";

export interface StridedOptions {
  shape: Shape;
  strides: readonly number[];
  offset: number;
  /** What the user called: a graph of a network names it so. */
  caller?: string;
}

export const stridedOp = defineOp<StridedKernels, StridedOptions, StridedGeometry>({
  name: "strided",
  inputNames: ["input"],
  shape: ([x], { shape, strides, offset }) => ({ outShape: shape, strides, offset, inSize: sizeOf(x.shape) }),
  forward: (k, [x], g) => k.forward(x, g),
  backward: (k, dy, { geometry }) => [k.backward(dy, geometry)],
  kernels: { reference: stridedReference, cpu: stridedCpu, gpu: stridedGpu },
  samples: [
    { inputs: [[2, 3, 4]], options: { shape: [4, 2, 3], strides: [1, 12, 4], offset: 0 } },
    { inputs: [[3, 4, 5]], options: { shape: [3, 2, 2], strides: [20, 10, 2], offset: 1 } },
    { inputs: [[5, 4]], options: { shape: [2, 4], strides: [8, 1], offset: 4 } },
  ],
});

/** The dimensions in another order: output dimension i is input dimension dims[i]. A copy. @see torch.permute */
export function permute(x: Tensor, dims: readonly number[], caller = "permute"): Tensor {
  const rank = x.shape.length;
  const order = dims.map((dim) => resolveDim("permute", dim, rank));
  if (order.length !== rank || new Set(order).size !== rank)
    throw new ShapeError(
      `permute: [${dims.join(",")}] does not name each of the ${rank} dimensions once (input ${showShape(x.shape)}). ` +
        `Give every dimension from 0 to ${rank - 1} in its new place.`,
    );
  const strides = stridesOf(x.shape);
  const shape = order.map((d) => x.shape[d]);
  return stridedOp([x], { shape, strides: order.map((d) => strides[d]), offset: 0, caller });
}

/** Two dimensions exchanged. A copy. @see torch.transpose */
export function transpose(x: Tensor, dim0: number, dim1: number): Tensor {
  const order = x.shape.map((_, d) => d);
  const first = resolveDimOrScalar("transpose", dim0, order.length);
  const second = resolveDimOrScalar("transpose", dim1, order.length);
  if (order.length === 0) return clone(x);
  [order[first], order[second]] = [order[second], order[first]];
  return permute(x, order, "transpose");
}

/**
 * Elements start, start+step, ... before `end` along one dimension. Negative positions count from the end; positions
 * outside are cut to the tensor, as Python's slices do. A copy.
 * @throws ShapeError if step is not a whole number >= 1
 */
export function slice(x: Tensor, dim: number, start: number, end?: number, step = 1): Tensor {
  const d = resolveDim("slice", dim, x.shape.length);
  const length = x.shape[d];
  if (!Number.isInteger(step) || step < 1)
    throw new ShapeError(`slice: step must be a whole number >= 1, got ${show(step)} (input ${showShape(x.shape)}).`);
  checkNumber("slice", "start", start);
  if (end !== undefined) checkNumber("slice", "end", end);
  const place = (position: number): number =>
    Math.min(length, Math.max(0, position < 0 ? position + length : position));
  const first = place(start);
  const count = Math.max(0, Math.ceil((place(end ?? length) - first) / step));
  const strides = stridesOf(x.shape);
  const shape = x.shape.map((old, i) => (i === d ? count : old));
  const offset = first * strides[d];
  return stridedOp([x], { shape, strides: strides.map((s, i) => (i === d ? s * step : s)), offset, caller: "slice" });
}

/**
 * The elements in reverse order along the dimensions given. A copy.
 * @throws ShapeError if a dimension does not exist or is named twice
 * @see torch.flip
 */
export function flip(x: Tensor, dims: number | readonly number[]): Tensor {
  const rank = x.shape.length;
  if (typeof dims !== "number") checkNumbers("flip", "dims", dims, "Write flip(0), or flip([0, 1]).");
  const flipped = (typeof dims === "number" ? [dims] : dims).map((dim) => resolveDimOrScalar("flip", dim, rank));
  if (new Set(flipped).size !== flipped.length)
    throw new ShapeError(
      `flip: [${flipped.join(",")}] names a dimension twice (input ${showShape(x.shape)}). Name each one once.`,
    );
  const strides = stridesOf(x.shape);
  // Begin at the last element of each flipped dimension and walk backwards.
  const offset = flipped.reduce((sum, d) => sum + Math.max(0, (x.shape[d] ?? 1) - 1) * (strides[d] ?? 0), 0);
  const walked = strides.map((stride, d) => (flipped.includes(d) ? -stride : stride));
  return stridedOp([x], { shape: x.shape, strides: walked, offset, caller: "flip" });
}

/** A copy through which gradients flow. @see torch.clone */
export function clone(x: Tensor): Tensor {
  return stridedOp([x], { shape: x.shape, strides: stridesOf(x.shape), offset: 0, caller: "clone" });
}
