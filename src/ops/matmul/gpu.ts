/**
 * The matrix product on the GPU. A transposed operand is only walked with other strides. On a graphics card a thread
 * computes four neighbours of a row, so that it reads each number of the left matrix once for all of them.
 */
import { launch, onCard } from "../../devices/gpu/launch";
import { replacementOf } from "../../devices/gpu/replaced";
import type { MatmulGeometry, MatmulKernels } from "./kernels";

/** out[i,j]: row i of a times column j of b. Threads: j, i. */
export function matmul(this: any, a: number[], b: number[]): number {
  let sum = 0.0;
  for (let l = 0; l < this.constants.L; l++) {
    sum +=
      a[this.thread.y * this.constants.rowA + l * this.constants.stepA] *
      b[l * this.constants.stepB + this.thread.x * this.constants.columnB];
  }
  return sum;
}

/** out[i,4j], out[i,4j+1] ... Threads: j, i. */
function matmulFour(this: any, a: number[], b: number[]): number[] {
  let sum0 = 0.0;
  let sum1 = 0.0;
  let sum2 = 0.0;
  let sum3 = 0.0;
  for (let l = 0; l < this.constants.L; l++) {
    const left = a[this.thread.y * this.constants.rowA + l * this.constants.stepA];
    sum0 += left * b[l * this.constants.stepB + 4 * this.thread.x * this.constants.columnB];
    sum1 += left * b[l * this.constants.stepB + (4 * this.thread.x + 1) * this.constants.columnB];
    sum2 += left * b[l * this.constants.stepB + (4 * this.thread.x + 2) * this.constants.columnB];
    sum3 += left * b[l * this.constants.stepB + (4 * this.thread.x + 3) * this.constants.columnB];
  }
  return [sum0, sum1, sum2, sum3];
}

/** The constants of both kernels. */
export function matmulConstants({ M, N, L, transposeA, transposeB }: MatmulGeometry): Record<string, number> {
  const alongA = transposeA ? { rowA: 1, stepA: M } : { rowA: L, stepA: 1 };
  const alongB = transposeB ? { stepB: 1, columnB: L } : { stepB: N, columnB: 1 };
  return { L, ...alongA, ...alongB };
}

export const matmulGpu: MatmulKernels = {
  matmul(a, b, g) {
    const constants = matmulConstants(g);
    const four = onCard() && g.N % 4 === 0 && !replacementOf(matmul, constants);
    return four
      ? launch(matmulFour, { output: [g.N / 4, g.M], constants, quads: true }, a, b)
      : launch(matmul, { output: [g.N, g.M], constants }, a, b);
  },
};
