import { kernelFunctions } from "../../devices/gpu/functions";
import { launch } from "../../devices/gpu/launch";
import { onHost } from "../../devices/gpu/onHost";
import { sizeOf } from "../../tensor/shape";
import type { UnaryKernels } from "./kernels";
import { unaryReference } from "./reference";

/** The row's `f` and `df` come in as functions of the kernel, under these names. */
declare function valueAt(x: number, p: number, q: number): number;
declare function slopeAt(x: number, y: number, p: number, q: number): number;

function unaryForward(this: any, x: number[], p: number, q: number): number {
  return valueAt(x[this.thread.x], p, q);
}

// The position is written out each time: a variable would be a float, exact only up to 2^24.
function unaryBackward(this: any, dy: number[], x: number[], y: number[], p: number, q: number): number {
  return dy[this.thread.x] * slopeAt(x[this.thread.x], y[this.thread.x], p, q);
}

const host = onHost("functions of int32, isnan, isinf and isfinite", unaryReference);

/** Shaders may assume that there are neither NaN nor infinity, so only the host can tell. */
const onlyOnHost = new Set(["isnan", "isinf", "isfinite"]);

export const unaryGpu: UnaryKernels = {
  forward(x, g) {
    const { row, p, q, outShape, outDType } = g;
    if (outDType === "int32" || onlyOnHost.has(row.name)) return host.forward(x, g);
    const functions = kernelFunctions("valueAt", row.f, 3, row.uses);
    return launch(unaryForward, { output: [sizeOf(outShape)], functions, dtype: outDType }, x, p, q);
  },
  backward(dy, x, y, g) {
    const { row, p, q, outShape } = g;
    if (!row.df) return host.backward(dy, x, y, g);
    const functions = kernelFunctions("slopeAt", row.df, 4, row.uses);
    return launch(unaryBackward, { output: [sizeOf(outShape)], functions }, dy, x, y, p, q);
  },
};
