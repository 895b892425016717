import { allocate, dtypeOf, type FloatArray } from "../../devices/device";
import type { BatchNormGeometry, BatchNormKernels } from "./kernels";

/** Calls `body` with the position of every number of channel c. */
function eachOf(c: number, { N, C, inner }: BatchNormGeometry, body: (position: number) => void): void {
  for (let n = 0; n < N; n++) {
    const start = (n * C + c) * inner;
    for (let i = 0; i < inner; i++) body(start + i);
  }
}

export const batchNormReference: BatchNormKernels = {
  stats(x: FloatArray, g) {
    const mean = allocate(dtypeOf(x), g.C) as FloatArray;
    const variance = allocate(dtypeOf(x), g.C) as FloatArray;
    for (let c = 0; c < g.C; c++) {
      let sum = 0;
      eachOf(c, g, (at) => (sum += x[at]));
      const middle = sum / g.count;
      let squares = 0;
      eachOf(c, g, (at) => (squares += (x[at] - middle) ** 2));
      mean[c] = middle;
      variance[c] = squares / g.count;
    }
    return { mean, variance };
  },
  blend(running: FloatArray, batch: FloatArray, momentum, scale) {
    const out = allocate(dtypeOf(running), running.length);
    for (let c = 0; c < out.length; c++) out[c] = (1 - momentum) * running[c] + momentum * batch[c] * scale;
    return out;
  },
  forward(x: FloatArray, mean: FloatArray, variance: FloatArray, weight: FloatArray, bias: FloatArray, g) {
    const y = allocate(dtypeOf(x), x.length);
    for (let c = 0; c < g.C; c++) {
      const scale = weight[c] / Math.sqrt(variance[c] + g.eps);
      const [middle, shift] = [mean[c], bias[c]];
      eachOf(c, g, (at) => (y[at] = (x[at] - middle) * scale + shift));
    }
    return y;
  },
  backward(dy: FloatArray, x: FloatArray, mean: FloatArray, variance: FloatArray, weight: FloatArray, g) {
    const dx = allocate(dtypeOf(x), x.length);
    const each = (): FloatArray => allocate(dtypeOf(x), g.C) as FloatArray;
    const [dWeight, dBias, dMean, dVariance] = [each(), each(), each(), each()];
    for (let c = 0; c < g.C; c++) {
      const inverse = 1 / Math.sqrt(variance[c] + g.eps);
      const middle = mean[c];
      let sum = 0;
      let product = 0; // of dy and the normalised x
      eachOf(c, g, (at) => {
        sum += dy[at];
        product += dy[at] * (x[at] - middle) * inverse;
      });
      const scale = weight[c] * inverse;
      // In training the mean and the variance depend on every x of the channel, which takes away from its gradient.
      const common = g.training ? sum / g.count : 0;
      const slope = g.training ? (product / g.count) * inverse : 0;
      eachOf(c, g, (at) => (dx[at] = scale * (dy[at] - common - (x[at] - middle) * slope)));
      dWeight[c] = product;
      dBias[c] = sum;
      dMean[c] = -scale * sum;
      dVariance[c] = -0.5 * weight[c] * product * inverse * inverse;
    }
    return { x: dx, weight: dWeight, bias: dBias, mean: dMean, variance: dVariance };
  },
};
