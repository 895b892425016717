/** Many matrix products in one launch: a table says which matrices each result is the sum of products of. */
import { GpuArray } from "../../devices/gpu/buffer";
import { launch } from "../../devices/gpu/launch";
import { zeros } from "../../devices/gpu/sums";
import type { BatchMatmulKernels } from "./kernels";

/** Threads: column, row, matrix of the result. */
function batchMatmul(this: any, a: number[], b: number[], starts: number[], left: number[], right: number[]): number {
  const first = starts[this.thread.z];
  const end = starts[this.thread.z + 1];
  let sum = 0.0;
  for (let i = 0; i < this.constants.most; i++) {
    if (first + i < end) {
      const ofA = left[first + i];
      const ofB = right[first + i];
      let product = 0.0;
      for (let l = 0; l < this.constants.L; l++) {
        product +=
          a[(ofA | 0) * this.constants.sizeA + this.thread.y * this.constants.rowA + l * this.constants.stepA] *
          b[(ofB | 0) * this.constants.sizeB + l * this.constants.stepB + this.thread.x * this.constants.columnB];
      }
      sum += product;
    }
  }
  return sum;
}

const table = (numbers: ArrayLike<number>): GpuArray => new GpuArray(Float32Array.from(numbers));

export const batchMatmulGpu: BatchMatmulKernels = {
  products(a, b, { each: { M, N, L, transposeA, transposeB }, left, right, out, results }) {
    if (out.length === 0) return zeros(results * M * N);
    const order = out.map((_, i) => i).sort((i, j) => out[i] - out[j]);
    const starts = new Float32Array(results + 1);
    for (const result of out) starts[result + 1]++;
    const most = starts.reduce((longest, count) => Math.max(longest, count), 0);
    for (let i = 0; i < results; i++) starts[i + 1] += starts[i];
    const alongA = transposeA ? { rowA: 1, stepA: M } : { rowA: L, stepA: 1 };
    const alongB = transposeB ? { stepB: 1, columnB: L } : { stepB: N, columnB: 1 };
    const constants = { L, most, sizeA: M * L, sizeB: L * N, ...alongA, ...alongB };
    const [lefts, rights] = [left, right].map((which) => table(order.map((i) => which[i])));
    return launch(batchMatmul, { output: [N, M, results], constants }, a, b, table(starts), lefts, rights);
  },
};
