import { allocate, dtypeOf, type FloatArray } from "../../devices/device";
import type { AvgPool2dKernels } from "./kernels";

export const avgPool2dReference: AvgPool2dKernels = {
  forward(x: FloatArray, g) {
    const y = allocate(dtypeOf(x), g.N * g.C * g.P * g.Q);
    let out = 0;
    for (let plane = 0; plane < g.N * g.C; plane++)
      for (let p = 0; p < g.P; p++)
        for (let q = 0; q < g.Q; q++) {
          let sum = 0;
          for (let h = g.rows.start[p]; h < g.rows.end[p]; h++) {
            const row = (plane * g.H + h) * g.W;
            for (let w = g.columns.start[q]; w < g.columns.end[q]; w++) sum += x[row + w];
          }
          y[out++] = sum / (g.rows.divisor[p] * g.columns.divisor[q]);
        }
    return y;
  },
  backward(dy: FloatArray, g) {
    const dx = allocate(dtypeOf(dy), g.N * g.C * g.H * g.W);
    let out = 0;
    for (let plane = 0; plane < g.N * g.C; plane++)
      for (let p = 0; p < g.P; p++)
        for (let q = 0; q < g.Q; q++) {
          const share = dy[out++] / (g.rows.divisor[p] * g.columns.divisor[q]);
          for (let h = g.rows.start[p]; h < g.rows.end[p]; h++) {
            const row = (plane * g.H + h) * g.W;
            for (let w = g.columns.start[q]; w < g.columns.end[q]; w++) dx[row + w] += share;
          }
        }
    return dx;
  },
};
