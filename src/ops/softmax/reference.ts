import { allocate, dtypeOf, type FloatArray } from "../../devices/device";
import type { SoftmaxGeometry, SoftmaxKernels } from "./kernels";

/** Calls `body` for each row that softmax runs over; its numbers are at first, first + inner, ... */
function eachRow(g: SoftmaxGeometry, body: (at: (l: number) => number) => void): void {
  for (let o = 0; o < g.outer; o++)
    for (let i = 0; i < g.inner; i++) {
      const first = o * g.length * g.inner + i;
      body((l) => first + l * g.inner);
    }
}

/**
 * The largest number of a row, and log(sum(exp(x - largest))). They are subtracted one after the other: their sum would
 * lose the second where the first is huge.
 */
function norms(x: FloatArray, at: (l: number) => number, length: number): { largest: number; logSum: number } {
  let largest = -Infinity;
  for (let l = 0; l < length; l++) largest = Math.max(largest, x[at(l)]);
  let sum = 0;
  for (let l = 0; l < length; l++) sum += Math.exp(x[at(l)] - largest);
  return { largest, logSum: Math.log(sum) };
}

const like = (data: FloatArray): FloatArray => allocate(dtypeOf(data), data.length) as FloatArray;

export const softmaxReference: SoftmaxKernels = {
  softmax(x: FloatArray, g) {
    const y = like(x);
    eachRow(g, (at) => {
      const { largest, logSum } = norms(x, at, g.length);
      for (let l = 0; l < g.length; l++) y[at(l)] = Math.exp(x[at(l)] - largest - logSum);
    });
    return y;
  },
  // dx = y * (dy - sum(dy * y))
  softmaxBackward(dy: FloatArray, y: FloatArray, g) {
    const dx = like(dy);
    eachRow(g, (at) => {
      let dot = 0;
      for (let l = 0; l < g.length; l++) dot += dy[at(l)] * y[at(l)];
      for (let l = 0; l < g.length; l++) dx[at(l)] = y[at(l)] * (dy[at(l)] - dot);
    });
    return dx;
  },
  logSoftmax(x: FloatArray, g) {
    const y = like(x);
    eachRow(g, (at) => {
      const { largest, logSum } = norms(x, at, g.length);
      for (let l = 0; l < g.length; l++) y[at(l)] = x[at(l)] - largest - logSum;
    });
    return y;
  },
  // dx = dy - exp(y) * sum(dy)
  logSoftmaxBackward(dy: FloatArray, y: FloatArray, g) {
    const dx = like(dy);
    eachRow(g, (at) => {
      let sum = 0;
      for (let l = 0; l < g.length; l++) sum += dy[at(l)];
      for (let l = 0; l < g.length; l++) dx[at(l)] = dy[at(l)] - Math.exp(y[at(l)]) * sum;
    });
    return dx;
  },
};
