import { allocate, dtypeOf, type FloatArray } from "../../devices/device";
import { maxPool2dBackward } from "../maxPool2d/reference";
import type { AdaptiveMaxPool2dKernels } from "./kernels";

export const adaptiveMaxPool2dReference: AdaptiveMaxPool2dKernels = {
  forward(x: FloatArray, g) {
    const output = allocate(dtypeOf(x), g.N * g.C * g.P * g.Q);
    const positions = new Int32Array(output.length);
    let out = 0;
    for (let plane = 0; plane < g.N * g.C; plane++)
      for (let p = 0; p < g.P; p++)
        for (let q = 0; q < g.Q; q++) {
          let where = -1;
          let best = -Infinity;
          for (let h = g.rows.start[p]; h < g.rows.end[p]; h++)
            for (let w = g.columns.start[q]; w < g.columns.end[q]; w++) {
              const value = x[(plane * g.H + h) * g.W + w];
              // NaN wins, as in PyTorch: a network that went wrong must show it.
              if (where < 0 || value > best || Number.isNaN(value)) {
                best = value;
                where = h * g.W + w;
              }
            }
          output[out] = best;
          positions[out++] = where;
        }
    return { output, positions };
  },
  backward: maxPool2dBackward,
};
