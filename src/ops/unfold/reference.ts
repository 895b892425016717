import { allocate, dtypeOf, type FloatArray } from "../../devices/device";
import type { UnfoldGeometry, UnfoldKernels } from "./kernels";

/** Calls `body` with every place in the columns and the pixel that belongs there; places in the padding are left out. */
function eachPlace(g: UnfoldGeometry, body: (column: number, pixel: number) => void): void {
  let row = 0;
  for (let plane = 0; plane < g.N * g.C; plane++)
    for (let r = 0; r < g.R; r++)
      for (let s = 0; s < g.S; s++, row += g.P * g.Q)
        for (let p = 0; p < g.P; p++) {
          const h = p * g.strideH + r * g.dilationH - g.padH;
          if (h < 0 || h >= g.H) continue;
          for (let q = 0; q < g.Q; q++) {
            const w = q * g.strideW + s * g.dilationW - g.padW;
            if (w >= 0 && w < g.W) body(row + p * g.Q + q, (plane * g.H + h) * g.W + w);
          }
        }
}

export const unfoldReference: UnfoldKernels = {
  forward(x: FloatArray, g) {
    const y = allocate(dtypeOf(x), g.N * g.C * g.R * g.S * g.P * g.Q);
    eachPlace(g, (column, pixel) => {
      y[column] = x[pixel];
    });
    return y;
  },
  backward(dy: FloatArray, g) {
    const dx = allocate(dtypeOf(dy), g.N * g.C * g.H * g.W);
    eachPlace(g, (column, pixel) => {
      dx[pixel] += dy[column];
    });
    return dx;
  },
};
