/**
 * Adaptive max pooling on the GPU, in two kernels as in `maxPool2d/gpu.ts`; where windows begin and end is data, as in
 * `avgPool2d/gpu.ts`. Positions are float32 here, exact up to 2^24 pixels a plane.
 */
import { nanTest } from "../../devices/gpu/functions";
import { launch, shaped } from "../../devices/gpu/launch";
import { covering, packedPairs, widest } from "../avgPool2d/gpu/spans";
import { atPositions } from "../maxPool2d/gpu";
import type { AdaptiveMaxPool2dKernels } from "./kernels";

declare function notANumber(x: number): number;

/** Where in its plane the largest number of each window lies. Threads: x is the pixel p*Q+q, y the plane n*C+c. */
function adaptiveMaxPool2dPositions(this: any, x: number[][][], rows: number[], columns: number[]): number {
  const p = ((this.thread.x + 0.5) / this.constants.Q) | 0;
  const q = this.thread.x - p * this.constants.Q;
  const top = rows[2 * p] | 0;
  const bottom = rows[2 * p + 1] | 0;
  const left = columns[2 * q] | 0;
  const right = columns[2 * q + 1] | 0;
  let best = 0.0;
  let position = -1;
  for (let r = 0; r < this.constants.mostRows; r++) {
    const h = top + r;
    if (h < bottom) {
      for (let s = 0; s < this.constants.mostColumns; s++) {
        const v = left + s;
        if (v < right) {
          const value = x[this.thread.y][h][v];
          // The first one wins a tie; NaN wins always, because a network that went wrong must show it.
          if (position < 0 || value > best || notANumber(value) > 0) {
            best = value;
            position = h * this.constants.W + v;
          }
        }
      }
    }
  }
  return position;
}

/** dx: a pixel gets dy of every window in which it was the largest. Threads: x is the pixel h*W+v, y the plane. */
function adaptiveMaxPool2dBackward(
  this: any,
  dy: number[][][],
  positions: number[][][],
  byRow: number[],
  byColumn: number[],
): number {
  const here = this.thread.x;
  const h = ((here + 0.5) / this.constants.W) | 0;
  const v = here - h * this.constants.W;
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
          if (positions[this.thread.y][p][q] === here) {
            sum += dy[this.thread.y][p][q];
          }
        }
      }
    }
  }
  return sum;
}

export const adaptiveMaxPool2dGpu: AdaptiveMaxPool2dKernels = {
  forward(x, { N, C, H, W, P, Q, rows, columns }) {
    const output = [P * Q, N * C];
    const constants = { W, Q, mostRows: widest(rows), mostColumns: widest(columns) };
    const spans = [packedPairs(rows), packedPairs(columns)];
    const positions = launch(
      adaptiveMaxPool2dPositions,
      { output, constants, functions: nanTest },
      shaped(x, W, H, N * C),
      ...spans,
    );
    return { output: atPositions(x, positions, N * C, H * W, P * Q), positions };
  },
  backward(dy, positions, { N, C, H, W, P, Q, rows, columns }) {
    const [byRow, byColumn] = [covering(rows, H), covering(columns, W)];
    const constants = { W, mostRows: widest(byRow), mostColumns: widest(byColumn) };
    const spans = [packedPairs(byRow), packedPairs(byColumn)];
    return launch(
      adaptiveMaxPool2dBackward,
      { output: [H * W, N * C], constants },
      shaped(dy, Q, P, N * C),
      shaped(positions, Q, P, N * C),
      ...spans,
    );
  },
};
