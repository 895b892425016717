import { launch } from "../../devices/gpu/launch";
import type { MatmulKernels } from "./kernels";

/** out[i,j]: row i of a times column j of b. A transposed operand is only walked with other strides. Threads: j, i. */
function matmul(this: any, a: number[], b: number[]): number {
  let sum = 0.0;
  for (let l = 0; l < this.constants.L; l++) {
    const left = a[this.thread.y * this.constants.rowA + l * this.constants.stepA];
    const right = b[l * this.constants.stepB + this.thread.x * this.constants.columnB];
    sum += left * right;
  }
  return sum;
}

export const matmulGpu: MatmulKernels = {
  matmul(a, b, { M, N, L, transposeA, transposeB }) {
    const alongA = transposeA ? { rowA: 1, stepA: M } : { rowA: L, stepA: 1 };
    const alongB = transposeB ? { stepB: 1, columnB: L } : { stepB: N, columnB: 1 };
    return launch(matmul, { output: [N, M], constants: { L, ...alongA, ...alongB } }, a, b);
  },
};
