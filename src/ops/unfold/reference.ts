import { allocate, dtypeOf, type FloatArray } from "../../devices/device";
import type { UnfoldGeometry, UnfoldKernels } from "./kernels";

/**
 * Calls `body` with every row of windows at one tap: `count` places in the columns from `column` on, and the pixels that
 * belong there from `pixel` on, `strideW` apart. Places in the padding are left out.
 */
function eachRow(g: UnfoldGeometry, body: (column: number, pixel: number, count: number) => void): void {
  let row = 0;
  for (let plane = 0; plane < g.N * g.C; plane++)
    for (let r = 0; r < g.R; r++)
      for (let s = 0; s < g.S; s++, row += g.P * g.Q) {
        const left = s * g.dilationW - g.padW;
        const first = Math.max(0, Math.ceil(-left / g.strideW));
        const end = Math.min(g.Q, Math.ceil((g.W - left) / g.strideW));
        for (let p = 0; p < g.P; p++) {
          const h = p * g.strideH + r * g.dilationH - g.padH;
          if (h >= 0 && h < g.H)
            body(row + p * g.Q + first, (plane * g.H + h) * g.W + left + first * g.strideW, end - first);
        }
      }
}

export const unfoldReference: UnfoldKernels = {
  forward(x: FloatArray, g) {
    const y = allocate(dtypeOf(x), g.N * g.C * g.R * g.S * g.P * g.Q);
    eachRow(g, (column, pixel, count) => {
      for (let i = 0; i < count; i++) y[column + i] = x[pixel + i * g.strideW];
    });
    return y;
  },
  backward(dy: FloatArray, g) {
    const dx = allocate(dtypeOf(dy), g.N * g.C * g.H * g.W);
    eachRow(g, (column, pixel, count) => {
      for (let i = 0; i < count; i++) dx[pixel + i * g.strideW] += dy[column + i];
    });
    return dx;
  },
};
