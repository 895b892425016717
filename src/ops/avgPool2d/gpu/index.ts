/**
 * Average pooling on the GPU, for fixed and adaptive windows alike: where windows begin and end is data (start, end,
 * start, end, ...), so that one kernel serves both. On `((i + 0.5) / n) | 0` see `conv2d/gpu.ts`.
 */
import { launch, shaped } from "../../../devices/gpu/launch";
import type { AvgPool2dKernels } from "../kernels";
import { covering, divisors, packedPairs, widest } from "./spans";

/** y: the sum over each window, divided. Threads: x is the pixel p*Q+q, y the plane n*C+c. */
function avgPool2dForward(
  this: any,
  x: number[][][],
  rows: number[],
  columns: number[],
  divisorH: number[],
  divisorW: number[],
): number {
  const p = ((this.thread.x + 0.5) / this.constants.Q) | 0;
  const q = this.thread.x - p * this.constants.Q;
  const top = rows[2 * p] | 0;
  const bottom = rows[2 * p + 1] | 0;
  const left = columns[2 * q] | 0;
  const right = columns[2 * q + 1] | 0;
  let sum = 0.0;
  for (let r = 0; r < this.constants.mostRows; r++) {
    const h = top + r;
    if (h < bottom) {
      for (let s = 0; s < this.constants.mostColumns; s++) {
        const v = left + s;
        if (v < right) {
          sum += x[this.thread.y][h][v];
        }
      }
    }
  }
  return sum / (divisorH[p] * divisorW[q]);
}

/**
 * dx: a pixel gets its share of dy from every window that covers it. `byRow` and `byColumn` hold the first window that
 * covers each line of pixels and the first that no longer does. Threads: x is the pixel h*W+v, y the plane n*C+c.
 */
function avgPool2dBackward(
  this: any,
  dy: number[][][],
  byRow: number[],
  byColumn: number[],
  divisorH: number[],
  divisorW: number[],
): number {
  const h = ((this.thread.x + 0.5) / this.constants.W) | 0;
  const v = this.thread.x - h * this.constants.W;
  const firstRow = byRow[2 * h] | 0;
  const endRow = byRow[2 * h + 1] | 0;
  const firstColumn = byColumn[2 * v] | 0;
  const endColumn = byColumn[2 * v + 1] | 0;
  let sum = 0.0;
  for (let i = 0; i < this.constants.mostRows; i++) {
    const p = firstRow + i;
    if (p < endRow) {
      for (let j = 0; j < this.constants.mostColumns; j++) {
        const q = firstColumn + j;
        if (q < endColumn) {
          const upstream = dy[this.thread.y][p][q];
          sum += upstream / (divisorH[p] * divisorW[q]);
        }
      }
    }
  }
  return sum;
}

export const avgPool2dGpu: AvgPool2dKernels = {
  forward(x, { N, C, H, W, P, Q, rows, columns }) {
    const constants = { Q, mostRows: widest(rows), mostColumns: widest(columns) };
    const spans = [packedPairs(rows), packedPairs(columns), divisors(rows), divisors(columns)];
    return launch(avgPool2dForward, { output: [P * Q, N * C], constants }, shaped(x, W, H, N * C), ...spans);
  },
  backward(dy, { N, C, H, W, P, Q, rows, columns }) {
    const [byRow, byColumn] = [covering(rows, H), covering(columns, W)];
    const constants = { W, mostRows: widest(byRow), mostColumns: widest(byColumn) };
    const spans = [packedPairs(byRow), packedPairs(byColumn), divisors(rows), divisors(columns)];
    return launch(avgPool2dBackward, { output: [H * W, N * C], constants }, shaped(dy, Q, P, N * C), ...spans);
  },
};
