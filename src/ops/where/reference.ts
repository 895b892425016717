import { allocate, dtypeOf, type TypedArray } from "../../devices/device";
import type { WhereKernels } from "./kernels";

export const whereReference: WhereKernels = {
  where(condition: Uint8Array, a: TypedArray | null, b: TypedArray | null, { size, outDType }) {
    const out = allocate(outDType, size);
    const [stepC, stepA, stepB] = [condition, a, b].map((operand) => (operand?.length === 1 ? 0 : 1));
    for (let i = 0; i < size; i++) {
      const chosen = condition[i * stepC] !== 0 ? a : b;
      out[i] = chosen ? chosen[i * (chosen === a ? stepA : stepB)] : 0;
    }
    return out;
  },
  total(dy: TypedArray) {
    let sum = 0;
    for (const number of dy) sum += number;
    return allocate(dtypeOf(dy), 1).fill(sum);
  },
};
