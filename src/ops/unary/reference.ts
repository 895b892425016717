import { isInt32, leavesInt32 } from "../../devices/convert";
import { allocate, dtypeOf, type FloatArray, type TypedArray } from "../../devices/device";
import type { UnaryKernels } from "./kernels";

export const unaryReference: UnaryKernels = {
  forward(x: TypedArray, { row, p, q, outDType }) {
    const y = allocate(outDType, x.length);
    if (outDType === "int32")
      for (let i = 0; i < y.length; i++) {
        const value = row.f(x[i], p, q);
        if (!isInt32(value)) throw leavesInt32(row.name, value);
        y[i] = value;
      }
    else for (let i = 0; i < y.length; i++) y[i] = row.f(x[i], p, q);
    return y;
  },
  backward(dy: FloatArray, x: FloatArray, y: FloatArray, { row, p, q }) {
    const dx = allocate(dtypeOf(dy), dy.length);
    if (row.df) for (let i = 0; i < dx.length; i++) dx[i] = dy[i] * row.df(x[i], y[i], p, q);
    return dx;
  },
};
