import { wasm } from "../../devices/cpu/wasm";
import type { MatmulKernels } from "./kernels";
import { matmulReference } from "./reference";

export const matmulCpu: MatmulKernels = {
  matmul(a: Float32Array, b: Float32Array, g) {
    const { M, N, L, transposeA, transposeB } = g;
    // No kernel reads both operands transposed; no layer asks for it.
    if (transposeA && transposeB) return matmulReference.matmul(a, b, g);
    return wasm((k, s) => {
      const pa = s.put(a);
      const pb = s.put(b);
      const out = s.room(M * N);
      if (transposeB) k.gemm_f32_dot(pa, L, pb, L, out, N, M, N, L);
      else k.gemm_f32_4x8(pa, transposeA ? 1 : L, transposeA ? M : 1, pb, N, out, N, M, N, L, false);
      return s.take(out, M * N);
    });
  },
};
