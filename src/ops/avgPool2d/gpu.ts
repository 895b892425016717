/**
 * Average pooling on the GPU, for fixed and adaptive windows alike: where windows begin and end is data, three numbers
 * each (start, end, divisor), so that one kernel serves both. On `((i + 0.5) / n) | 0` see `conv2d/gpu.ts`.
 */
import { gpuDevice } from "../../devices/gpu/device";
import { launch } from "../../devices/gpu/launch";
import type { AvgPool2dGeometry, AvgPool2dKernels, Spans } from "./kernels";

/** y: the sum over each window, divided. Threads: x is the pixel p*Q+q, y the plane n*C+c. */
function avgPool2dForward(this: any, x: number[], rows: number[], columns: number[]): number {
  const plane = this.thread.y;
  const p = ((this.thread.x + 0.5) / this.constants.Q) | 0;
  const q = this.thread.x - p * this.constants.Q;
  const top = rows[3 * p] | 0;
  const bottom = rows[3 * p + 1] | 0;
  const left = columns[3 * q] | 0;
  const right = columns[3 * q + 1] | 0;
  let sum = 0.0;
  for (let r = 0; r < this.constants.mostRows; r++) {
    const h = top + r;
    if (h < bottom) {
      for (let s = 0; s < this.constants.mostColumns; s++) {
        const v = left + s;
        if (v < right) {
          sum += x[(plane * this.constants.H + h) * this.constants.W + v];
        }
      }
    }
  }
  return sum / (rows[3 * p + 2] * columns[3 * q + 2]);
}

/**
 * dx: a pixel gets its share of dy from every window that covers it. `byRow` and `byColumn` hold the first window that
 * covers each line of pixels and the first that no longer does. Threads: x is the pixel h*W+v, y the plane n*C+c.
 */
function avgPool2dBackward(
  this: any,
  dy: number[],
  byRow: number[],
  byColumn: number[],
  rows: number[],
  columns: number[],
): number {
  const plane = this.thread.y;
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
          const upstream = dy[(plane * this.constants.P + p) * this.constants.Q + q];
          sum += upstream / (rows[3 * p + 2] * columns[3 * q + 2]);
        }
      }
    }
  }
  return sum;
}

const upload = (numbers: readonly number[]) => gpuDevice.upload(Float32Array.from(numbers));
const packed = ({ start, end, divisor }: Spans) =>
  upload(start.flatMap((from, i) => [from, end[i], divisor[i]]));
const most = (from: readonly number[], to: readonly number[]): number =>
  Math.max(0, ...from.map((first, i) => to[i] - first));

/** For each of `length` lines of pixels the windows [first, end) that cover it; starts and ends only grow. */
function covering({ start, end }: Spans, length: number): { first: number[]; end: number[] } {
  const pixels = Array.from({ length }, (_, pixel) => pixel);
  return {
    first: pixels.map((pixel) => end.filter((last) => last <= pixel).length),
    end: pixels.map((pixel) => start.filter((from) => from <= pixel).length),
  };
}

export const avgPool2dGpu: AvgPool2dKernels = {
  forward(x, g: AvgPool2dGeometry) {
    const { N, C, H, W, P, Q, rows, columns } = g;
    const mostRows = most(rows.start, rows.end);
    const mostColumns = most(columns.start, columns.end);
    const constants = { H, W, Q, mostRows, mostColumns };
    return launch(avgPool2dForward, { output: [P * Q, N * C], constants }, x, packed(rows), packed(columns));
  },
  backward(dy, g: AvgPool2dGeometry) {
    const { N, C, H, W, P, Q, rows, columns } = g;
    const [byRow, byColumn] = [covering(rows, H), covering(columns, W)];
    const mostRows = most(byRow.first, byRow.end);
    const mostColumns = most(byColumn.first, byColumn.end);
    const both = ({ first, end }: { first: number[]; end: number[] }) =>
      upload(first.flatMap((from, i) => [from, end[i]]));
    return launch(
      avgPool2dBackward,
      { output: [H * W, N * C], constants: { W, P, Q, mostRows, mostColumns } },
      dy,
      both(byRow),
      both(byColumn),
      packed(rows),
      packed(columns),
    );
  },
};
