import { allocate, dtypeOf, type FloatArray } from "../../devices/device";
import type { PreluKernels } from "./kernels";

export const preluReference: PreluKernels = {
  forward(x: FloatArray, weight: FloatArray, { C, inner }) {
    const y = allocate(dtypeOf(x), x.length);
    for (let i = 0; i < x.length; i++) {
      const slope = weight[Math.floor(i / inner) % C];
      y[i] = x[i] > 0 ? x[i] : slope * x[i];
    }
    return y;
  },
  backward(dy: FloatArray, x: FloatArray, weight: FloatArray, { C, inner }) {
    const dx = allocate(dtypeOf(x), x.length);
    const sums = new Float64Array(C);
    for (let i = 0; i < x.length; i++) {
      const c = Math.floor(i / inner) % C;
      dx[i] = x[i] > 0 ? dy[i] : weight[c] * dy[i];
      if (!(x[i] > 0)) sums[c] += dy[i] * x[i];
    }
    return { x: dx, weight: dtypeOf(x) === "float64" ? sums : Float32Array.from(sums) };
  },
};
