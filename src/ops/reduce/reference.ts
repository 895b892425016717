import { isInt32, leavesInt32 } from "../../devices/convert";
import { allocate, dtypeOf, type TypedArray } from "../../devices/device";
import type { ReduceGeometry, ReduceKernels } from "./kernels";

/** Calls `body` for each result with the position of the first of its numbers; the others follow `inner` apart. */
function eachResult(g: ReduceGeometry, body: (result: number, first: number) => void): void {
  for (let o = 0; o < g.outer; o++) for (let i = 0; i < g.inner; i++) body(o * g.inner + i, o * g.length * g.inner + i);
}

export const reduceReference: ReduceKernels = {
  sum(x: TypedArray, g) {
    const out = allocate(g.outDType, g.outer * g.inner);
    eachResult(g, (result, first) => {
      let sum = 0; // in double precision whatever the dtype
      for (let l = 0; l < g.length; l++) sum += x[first + l * g.inner];
      if (g.outDType === "int32" && !isInt32(sum)) throw leavesInt32("sum", sum);
      out[result] = sum;
    });
    return out;
  },
  sumBackward(dy: TypedArray, g) {
    const dx = allocate(dtypeOf(dy), g.outer * g.length * g.inner);
    eachResult(g, (result, first) => {
      for (let l = 0; l < g.length; l++) dx[first + l * g.inner] = dy[result];
    });
    return dx;
  },
  extreme(x: TypedArray, g) {
    const values = allocate(dtypeOf(x), g.outer * g.inner);
    const positions = new Int32Array(values.length);
    const sign = g.smallest ? -1 : 1;
    eachResult(g, (result, first) => {
      let best = first;
      for (let l = 1; l < g.length && !Number.isNaN(x[best]); l++) {
        const at = first + l * g.inner;
        // NaN wins, as in PyTorch.
        if (sign * x[at] > sign * x[best] || Number.isNaN(x[at])) best = at;
      }
      values[result] = x[best];
      positions[result] = (best - first) / g.inner;
    });
    return { values, positions };
  },
  extremeBackward(dy: TypedArray, positions: Int32Array, g) {
    const dx = allocate(dtypeOf(dy), g.outer * g.length * g.inner);
    eachResult(g, (result, first) => {
      dx[first + positions[result] * g.inner] = dy[result];
    });
    return dx;
  },
  shareBackward(dy: TypedArray, x: TypedArray, y: TypedArray, g) {
    const dx = allocate(dtypeOf(dy), g.outer * g.length * g.inner);
    eachResult(g, (result, first) => {
      const isExtreme = (value: number): boolean =>
        value === y[result] || (Number.isNaN(value) && Number.isNaN(y[result]));
      let count = 0;
      for (let l = 0; l < g.length; l++) if (isExtreme(x[first + l * g.inner])) count++;
      for (let l = 0; l < g.length; l++)
        if (isExtreme(x[first + l * g.inner])) dx[first + l * g.inner] = dy[result] / count;
    });
    return dx;
  },
};
