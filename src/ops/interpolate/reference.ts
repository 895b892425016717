import { allocate, dtypeOf, type FloatArray } from "../../devices/device";
import type { InterpolateGeometry, InterpolateKernels } from "./kernels";

/** Calls `body` for every output number with each of its inputs that counts, and that one's weight. */
function eachTap(g: InterpolateGeometry, body: (out: number, input: number, weight: number) => void): void {
  const { planes, H, W, P, Q, rows, columns } = g;
  for (let plane = 0; plane < planes; plane++)
    for (let p = 0; p < P; p++) {
      const [top, bottom] = [(plane * H + rows.low[p]) * W, (plane * H + rows.high[p]) * W];
      const down = rows.weight[p];
      for (let q = 0; q < Q; q++) {
        const out = (plane * P + p) * Q + q;
        const [left, right, across] = [columns.low[q], columns.high[q], columns.weight[q]];
        body(out, top + left, (1 - down) * (1 - across));
        if (across > 0) body(out, top + right, (1 - down) * across);
        if (down > 0) body(out, bottom + left, down * (1 - across));
        if (down > 0 && across > 0) body(out, bottom + right, down * across);
      }
    }
}

export const interpolateReference: InterpolateKernels = {
  forward(x: FloatArray, g) {
    const y = allocate(dtypeOf(x), g.planes * g.P * g.Q);
    eachTap(g, (out, input, weight) => (y[out] += x[input] * weight));
    return y;
  },
  backward(dy: FloatArray, g) {
    const dx = allocate(dtypeOf(dy), g.planes * g.H * g.W);
    eachTap(g, (out, input, weight) => (dx[input] += dy[out] * weight));
    return dx;
  },
};
