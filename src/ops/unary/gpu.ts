import { kernelFunctions } from "../../devices/gpu/functions";
import { launch } from "../../devices/gpu/launch";
import { sizeOf } from "../../tensor/shape";
import type { UnaryKernels } from "./kernels";

/** The row's `f` and `df` come in as functions of the kernel, under these names. */
declare function valueAt(x: number, p: number, q: number): number;
declare function slopeAt(x: number, y: number, p: number, q: number): number;

function unaryForward(this: any, x: number[], p: number, q: number): number {
  return valueAt(x[this.thread.x], p, q);
}

function unaryBackward(this: any, dy: number[], x: number[], y: number[], p: number, q: number): number {
  const i = this.thread.x;
  return dy[i] * slopeAt(x[i], y[i], p, q);
}

export const unaryGpu: UnaryKernels = {
  forward: (x, { row, p, q, outShape }) =>
    launch(
      unaryForward,
      { output: [sizeOf(outShape)], functions: kernelFunctions("valueAt", row.f, 3, row.uses) },
      x,
      p,
      q,
    ),
  backward: (dy, x, y, { row, p, q, outShape }) =>
    launch(
      unaryBackward,
      { output: [sizeOf(outShape)], functions: kernelFunctions("slopeAt", row.df, 4, row.uses) },
      dy,
      x,
      y,
      p,
      q,
    ),
};
