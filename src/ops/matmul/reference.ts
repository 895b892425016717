import { allocate, dtypeOf, type FloatArray } from "../../devices/device";
import type { MatmulKernels } from "./kernels";

export const matmulReference: MatmulKernels = {
  matmul(a: FloatArray, b: FloatArray, { M, N, L, transposeA, transposeB }) {
    const out = allocate(dtypeOf(a), M * N);
    for (let i = 0; i < M; i++)
      for (let j = 0; j < N; j++) {
        let sum = 0;
        for (let l = 0; l < L; l++)
          sum += a[transposeA ? l * M + i : i * L + l] * b[transposeB ? j * L + l : l * N + j];
        out[i * N + j] = sum;
      }
    return out;
  },
};
