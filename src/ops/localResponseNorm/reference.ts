import { allocate, dtypeOf, type FloatArray } from "../../devices/device";
import type { LocalResponseNormGeometry, LocalResponseNormKernels } from "./kernels";

/** Calls `body` with every position and the positions of the channels `first` to `last` around it. */
function eachWindow(
  { N, C, inner }: LocalResponseNormGeometry,
  [first, last]: readonly [number, number],
  body: (at: number, from: number, to: number) => void,
): void {
  for (let n = 0; n < N; n++)
    for (let c = 0; c < C; c++) {
      const low = Math.max(0, c + first);
      const high = Math.min(C - 1, c + last);
      for (let i = 0; i < inner; i++) {
        const zero = n * C * inner + i;
        body(zero + c * inner, zero + low * inner, zero + high * inner);
      }
    }
}

export const localResponseNormReference: LocalResponseNormKernels = {
  forward(x: FloatArray, g) {
    const output = allocate(dtypeOf(x), x.length);
    const base = allocate(dtypeOf(x), x.length);
    eachWindow(g, [-g.before, g.after], (at, from, to) => {
      let squares = 0;
      for (let j = from; j <= to; j += g.inner) squares += x[j] * x[j];
      base[at] = g.k + g.scale * squares;
      output[at] = x[at] * Math.pow(base[at], -g.beta);
    });
    return { output, base };
  },
  backward(dy: FloatArray, x: FloatArray, base: FloatArray, g) {
    const dx = allocate(dtypeOf(x), x.length);
    // x takes part in the windows of the channels that have it around them: the window mirrored.
    eachWindow(g, [-g.after, g.before], (at, from, to) => {
      let sum = 0;
      for (let j = from; j <= to; j += g.inner) sum += dy[j] * x[j] * Math.pow(base[j], -g.beta - 1);
      dx[at] = dy[at] * Math.pow(base[at], -g.beta) - 2 * g.scale * g.beta * x[at] * sum;
    });
    return dx;
  },
};
