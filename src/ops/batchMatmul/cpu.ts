import { wasm } from "../../devices/cpu/wasm";
import type { BatchMatmulKernels } from "./kernels";

/** One product after another, each where it belongs in the result. */
export const batchMatmulCpu: BatchMatmulKernels = {
  products: (left, right, { each, results, ...batch }) =>
    wasm((k, s) => {
      const { M, N, L, transposeA, transposeB } = each;
      const [aRow, aCol] = transposeA ? [1, M] : [L, 1];
      const [bRow, bCol] = transposeB ? [1, L] : [N, 1];
      const size = M * N;
      const [a, b, out, part] = [s.put(left), s.put(right), s.zeros(results * size), s.block(size)];
      const seen = new Set<number>();
      batch.out.forEach((place, i) => {
        const to = out + place * size * 4;
        const isFirst = !seen.has(place);
        seen.add(place);
        const [pa, pb] = [a + batch.left[i] * M * L * 4, b + batch.right[i] * L * N * 4];
        k.gemm_f32(pa, aRow, aCol, pb, bRow, bCol, isFirst ? to : part, M, N, L);
        if (!isFirst) k.binary_f32(0, to, part, to, size, 1, 1);
      });
      return s.take(out, results * size);
    }),
};
