import { allocate, dtypeOf, type FloatArray } from "../../devices/device";
import type { Conv2dGeometry } from "./geometry";
import type { Conv2dKernels } from "./kernels";

/**
 * Calls `body` for every product of the convolution with the flat positions of the three numbers involved:
 * output y, input x and weight w. Forward and both gradients are the same loops around a different line.
 */
function eachProduct(g: Conv2dGeometry, body: (y: number, x: number, w: number) => void): void {
  const channelsPerGroup = g.C / g.groups;
  const filtersPerGroup = g.K / g.groups;
  for (let n = 0; n < g.N; n++)
    for (let k = 0; k < g.K; k++) {
      const firstChannel = Math.floor(k / filtersPerGroup) * channelsPerGroup;
      for (let p = 0; p < g.P; p++)
        for (let q = 0; q < g.Q; q++) {
          const y = ((n * g.K + k) * g.P + p) * g.Q + q;
          for (let c = 0; c < channelsPerGroup; c++)
            for (let r = 0; r < g.R; r++) {
              const h = p * g.strideH + r * g.dilationH - g.padH;
              if (h < 0 || h >= g.H) continue; // in the padding
              for (let s = 0; s < g.S; s++) {
                const v = q * g.strideW + s * g.dilationW - g.padW;
                if (v < 0 || v >= g.W) continue;
                const x = ((n * g.C + firstChannel + c) * g.H + h) * g.W + v;
                const w = ((k * channelsPerGroup + c) * g.R + r) * g.S + s;
                body(y, x, w);
              }
            }
        }
    }
}

const like = (data: FloatArray, length: number): FloatArray => allocate(dtypeOf(data), length) as FloatArray;

export const conv2dReference: Conv2dKernels = {
  forward(x: FloatArray, w: FloatArray, b: FloatArray | null, g) {
    const y = like(x, g.N * g.K * g.P * g.Q);
    if (b) for (let i = 0; i < y.length; i++) y[i] = b[Math.floor(i / (g.P * g.Q)) % g.K];
    eachProduct(g, (iy, ix, iw) => {
      y[iy] += x[ix] * w[iw];
    });
    return y;
  },
  backwardInput(dy: FloatArray, w: FloatArray, g) {
    const dx = like(dy, g.N * g.C * g.H * g.W);
    eachProduct(g, (iy, ix, iw) => {
      dx[ix] += dy[iy] * w[iw];
    });
    return dx;
  },
  backwardWeight(dy: FloatArray, x: FloatArray, g) {
    const dw = like(dy, g.K * (g.C / g.groups) * g.R * g.S);
    eachProduct(g, (iy, ix, iw) => {
      dw[iw] += dy[iy] * x[ix];
    });
    return dw;
  },
  backwardBias(dy: FloatArray, g) {
    const db = like(dy, g.K);
    for (let i = 0; i < dy.length; i++) db[Math.floor(i / (g.P * g.Q)) % g.K] += dy[i];
    return db;
  },
};
