import { isInt32, leavesInt32 } from "../../devices/convert";
import { allocate, type TypedArray } from "../../devices/device";
import type { CumsumKernels } from "./kernels";

export const cumsumReference: CumsumKernels = {
  cumsum(x: TypedArray, { outer, length, inner, outDType }, fromEnd) {
    const out = allocate(outDType, outer * length * inner);
    for (let o = 0; o < outer; o++)
      for (let i = 0; i < inner; i++) {
        let sum = 0;
        for (let step = 0; step < length; step++) {
          const at = (o * length + (fromEnd ? length - 1 - step : step)) * inner + i;
          sum += x[at];
          if (outDType === "int32" && !isInt32(sum)) throw leavesInt32("cumsum", sum);
          out[at] = sum;
        }
      }
    return out;
  },
};
