import { allocate, dtypeOf, type FloatArray } from "../../devices/device";
import type { MaxPool2dKernels } from "./kernels";

/** dy carried back to the positions of the maxima, summed where windows overlap; the adaptive pool uses it too. */
export function maxPool2dBackward(
  dy: FloatArray,
  positions: Int32Array,
  g: { N: number; C: number; H: number; W: number; P: number; Q: number },
): FloatArray {
  const dx = allocate(dtypeOf(dy), g.N * g.C * g.H * g.W) as FloatArray;
  for (let i = 0; i < dy.length; i++) {
    const plane = Math.floor(i / (g.P * g.Q));
    dx[plane * g.H * g.W + positions[i]] += dy[i];
  }
  return dx;
}

export const maxPool2dReference: MaxPool2dKernels = {
  forward(x: FloatArray, g) {
    const output = allocate(dtypeOf(x), g.N * g.C * g.P * g.Q);
    const positions = new Int32Array(output.length);
    for (let plane = 0; plane < g.N * g.C; plane++)
      for (let p = 0; p < g.P; p++)
        for (let q = 0; q < g.Q; q++) {
          let where = -1;
          let best = -Infinity;
          for (let r = 0; r < g.R; r++)
            for (let s = 0; s < g.S; s++) {
              const h = p * g.strideH + r * g.dilationH - g.padH;
              const w = q * g.strideW + s * g.dilationW - g.padW;
              if (h < 0 || h >= g.H || w < 0 || w >= g.W) continue;
              const value = x[(plane * g.H + h) * g.W + w];
              // NaN wins, as in PyTorch: a network that went wrong must show it.
              if (where < 0 || value > best || Number.isNaN(value)) {
                best = value;
                where = h * g.W + w;
              }
            }
          const out = (plane * g.P + p) * g.Q + q;
          output[out] = best;
          positions[out] = where;
        }
    return { output, positions };
  },
  backward: maxPool2dBackward,
};
