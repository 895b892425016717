import { allocate, type TypedArray } from "../../devices/device";
import { matmulReference } from "../matmul/reference";
import type { MatmulKernels } from "../matmul/kernels";
import type { BatchMatmulKernels } from "./kernels";

/** One product after another, by a device's kernel for a single one. */
export const batchBy = ({ matmul }: MatmulKernels): BatchMatmulKernels => ({
  products(left: TypedArray, right: TypedArray, { each, dtype, results, ...batch }) {
    const { M, N, L } = each;
    const sum = allocate(dtype, results * M * N);
    batch.out.forEach((place, i) => {
      const a = left.subarray(batch.left[i] * M * L, (batch.left[i] + 1) * M * L);
      const b = right.subarray(batch.right[i] * L * N, (batch.right[i] + 1) * L * N);
      const product = matmul(a, b, each) as TypedArray;
      const start = place * M * N;
      for (let j = 0; j < product.length; j++) sum[start + j] += product[j];
    });
    return sum;
  },
});

export const batchMatmulReference: BatchMatmulKernels = batchBy(matmulReference);
