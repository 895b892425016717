import { allocate, dtypeOf, type FloatArray } from "../../devices/device";
import type { BatchNormGeometry, BatchNormKernels } from "./kernels";

/** Where the numbers of channel c of image n begin and end. */
const rangeOf = (n: number, c: number, { C, inner }: BatchNormGeometry): [number, number] => [
  (n * C + c) * inner,
  (n * C + c + 1) * inner,
];

/** The sum over channel c of (x - middle)^power, power 1 or 2. */
function moment(x: FloatArray, c: number, middle: number, power: number, g: BatchNormGeometry): number {
  let sum = 0;
  for (let n = 0; n < g.N; n++) {
    const [start, end] = rangeOf(n, c, g);
    if (power === 1) for (let i = start; i < end; i++) sum += x[i] - middle;
    else for (let i = start; i < end; i++) sum += (x[i] - middle) * (x[i] - middle);
  }
  return sum;
}

export const batchNormReference: BatchNormKernels = {
  stats(x: FloatArray, g) {
    const mean = allocate(dtypeOf(x), g.C) as FloatArray;
    const variance = allocate(dtypeOf(x), g.C) as FloatArray;
    for (let c = 0; c < g.C; c++) {
      const middle = moment(x, c, 0, 1, g) / g.count;
      mean[c] = middle;
      variance[c] = moment(x, c, middle, 2, g) / g.count;
    }
    return { mean, variance };
  },
  blend(running: FloatArray, batch: FloatArray, momentum, scale) {
    const out = allocate(dtypeOf(running), running.length);
    for (let c = 0; c < out.length; c++) out[c] = (1 - momentum) * running[c] + momentum * batch[c] * scale;
    return out;
  },
  forward(x: FloatArray, mean: FloatArray, variance: FloatArray, weight: FloatArray, bias: FloatArray, g) {
    const y = allocate(dtypeOf(x), x.length) as FloatArray;
    for (let n = 0; n < g.N; n++)
      for (let c = 0; c < g.C; c++) {
        const scale = weight[c] / Math.sqrt(variance[c] + g.eps);
        const [middle, shift] = [mean[c], bias[c]];
        const [start, end] = rangeOf(n, c, g);
        for (let i = start; i < end; i++) y[i] = (x[i] - middle) * scale + shift;
      }
    return y;
  },
  backward(dy: FloatArray, x: FloatArray, mean: FloatArray, variance: FloatArray, weight: FloatArray, g) {
    const dx = allocate(dtypeOf(x), x.length) as FloatArray;
    const each = (): FloatArray => allocate(dtypeOf(x), g.C) as FloatArray;
    const [dWeight, dBias, dMean, dVariance] = [each(), each(), each(), each()];
    for (let c = 0; c < g.C; c++) {
      const inverse = 1 / Math.sqrt(variance[c] + g.eps);
      const middle = mean[c];
      let sum = 0;
      let product = 0;
      for (let n = 0; n < g.N; n++) {
        const [start, end] = rangeOf(n, c, g);
        for (let i = start; i < end; i++) {
          sum += dy[i];
          product += dy[i] * (x[i] - middle);
        }
      }
      product *= inverse; // the sum of dy times the normalised x
      const scale = weight[c] * inverse;
      // In training the mean and the variance depend on every x of the channel, which takes away from its gradient.
      const common = g.training ? sum / g.count : 0;
      const slope = g.training ? (product / g.count) * inverse : 0;
      for (let n = 0; n < g.N; n++) {
        const [start, end] = rangeOf(n, c, g);
        for (let i = start; i < end; i++) dx[i] = scale * (dy[i] - common - (x[i] - middle) * slope);
      }
      dWeight[c] = product;
      dBias[c] = sum;
      dMean[c] = -scale * sum;
      dVariance[c] = -0.5 * weight[c] * product * inverse * inverse;
    }
    return { x: dx, weight: dWeight, bias: dBias, mean: dMean, variance: dVariance };
  },
};
