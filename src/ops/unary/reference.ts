import { allocate, dtypeOf, type FloatArray } from "../../devices/device";
import type { UnaryKernels } from "./kernels";

export const unaryReference: UnaryKernels = {
  forward(x: FloatArray, { row, p, q }) {
    const y = allocate(dtypeOf(x), x.length);
    for (let i = 0; i < y.length; i++) y[i] = row.f(x[i], p, q);
    return y;
  },
  backward(dy: FloatArray, x: FloatArray, y: FloatArray, { row, p, q }) {
    const dx = allocate(dtypeOf(dy), dy.length);
    for (let i = 0; i < dx.length; i++) dx[i] = dy[i] * row.df(x[i], y[i], p, q);
    return dx;
  },
};
