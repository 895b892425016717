import { isInt32, leavesInt32 } from "../../devices/convert";
import { allocate, dtypeOf, type FloatArray, type TypedArray } from "../../devices/device";
import type { ProdKernels } from "./kernels";

export const prodReference: ProdKernels = {
  prod(x: TypedArray, { outer, length, inner, outDType }) {
    const out = allocate(outDType, outer * inner);
    for (let o = 0; o < outer; o++)
      for (let i = 0; i < inner; i++) {
        let product = 1;
        for (let l = 0; l < length; l++) product *= x[(o * length + l) * inner + i];
        if (outDType === "int32" && !isInt32(product)) throw leavesInt32("prod", product);
        out[o * inner + i] = product;
      }
    return out;
  },
  backward(dy: FloatArray, x: FloatArray, { outer, length, inner }) {
    const dx = allocate(dtypeOf(dy), outer * length * inner);
    const before = new Float64Array(length);
    for (let o = 0; o < outer; o++)
      for (let i = 0; i < inner; i++) {
        const at = (l: number): number => (o * length + l) * inner + i;
        let product = 1;
        for (let l = 0; l < length; l++) {
          before[l] = product;
          product *= x[at(l)];
        }
        let behind = dy[o * inner + i];
        for (let l = length - 1; l >= 0; l--) {
          dx[at(l)] = before[l] * behind;
          behind *= x[at(l)];
        }
      }
    return dx;
  },
};
