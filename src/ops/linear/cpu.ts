import { wasm } from "../../devices/cpu/wasm";
import type { LinearKernels } from "./kernels";

/** x and w are both read along their rows, so nothing is packed; the bias is what the sums start from. */
export const linearCpu: LinearKernels = {
  forward: (x, w, b, { M, N, L }) =>
    wasm((k, s) => {
      const y = s.block(M * N);
      k.gemm_f32_dot(s.put(x), s.put(w), b ? s.put(b) : 0, y, M, N, L);
      return s.take(y, M * N);
    }),
  backwardInput: (dy, w, { M, N, L }) =>
    wasm((k, s) => {
      const dx = s.block(M * L);
      k.gemm_f32(s.put(dy), N, 1, s.put(w), L, 1, dx, M, L, N);
      return s.take(dx, M * L);
    }),
  backwardWeight: (dy, x, { M, N, L }) =>
    wasm((k, s) => {
      const dw = s.block(N * L);
      k.gemm_f32(s.put(dy), 1, N, s.put(x), L, 1, dw, N, L, M);
      return s.take(dw, N * L);
    }),
  backwardBias: (dy, _b, { M, N }) =>
    wasm((k, s) => {
      const db = s.block(N);
      k.sum_f32_rows(s.put(dy), db, M, N);
      return s.take(db, N);
    }),
};
