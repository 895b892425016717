import { wasm } from "../../devices/cpu/wasm";
import type { MatmulKernels } from "./kernels";

export const matmulCpu: MatmulKernels = {
  matmul: (a, b, { M, N, L, transposeA, transposeB }) =>
    wasm((k, s) => {
      const [pa, pb, out] = [s.put(a), s.put(b), s.block(M * N)];
      // Rows against rows need no packing, which pays while a is short.
      if (transposeB && !transposeA) k.gemm_f32_dot(pa, pb, 0, out, M, N, L);
      else {
        const [aRow, aCol] = transposeA ? [1, M] : [L, 1];
        const [bRow, bCol] = transposeB ? [1, L] : [N, 1];
        k.gemm_f32(pa, aRow, aCol, pb, bRow, bCol, out, M, N, L);
      }
      return s.take(out, M * N);
    }),
};
