import { allocate, dtypeOf, type FloatArray } from "../../devices/device";
import type { GroupNormGeometry, GroupNormKernels } from "./kernels";

/** The channel of the number at position i of row r. */
const channelOf = (r: number, i: number, { groups, channels, inner }: GroupNormGeometry): number =>
  (r % groups) * channels + Math.floor(i / inner);

export const groupNormReference: GroupNormKernels = {
  forward(x: FloatArray, weight: FloatArray, bias: FloatArray, g) {
    const { rows, channels, inner, eps } = g;
    const length = channels * inner;
    const [output, mean, variance] = [x.length, rows, rows].map((size) => allocate(dtypeOf(x), size));
    for (let r = 0; r < rows; r++) {
      const row = x.subarray(r * length, (r + 1) * length);
      let sum = 0;
      for (const value of row) sum += value;
      const middle = sum / length;
      let squares = 0;
      for (const value of row) squares += (value - middle) * (value - middle);
      mean[r] = middle;
      variance[r] = squares / length;
      const scale = 1 / Math.sqrt(squares / length + eps);
      for (let i = 0; i < length; i++) {
        const c = channelOf(r, i, g);
        output[r * length + i] = (row[i] - middle) * scale * weight[c] + bias[c];
      }
    }
    return { output, mean, variance };
  },
  backward(dy: FloatArray, x: FloatArray, weight: FloatArray, mean: FloatArray, variance: FloatArray, g) {
    const { rows, groups, channels, inner, eps } = g;
    const length = channels * inner;
    const dx = allocate(dtypeOf(x), x.length);
    const [dWeight, dBias] = [new Float64Array(groups * channels), new Float64Array(groups * channels)];
    for (let r = 0; r < rows; r++) {
      const scale = 1 / Math.sqrt(variance[r] + eps);
      // Mean and variance depend on every x of the row, which takes away from its gradient.
      let sum = 0;
      let product = 0;
      for (let i = 0; i < length; i++) {
        const at = r * length + i;
        const c = channelOf(r, i, g);
        const normalised = (x[at] - mean[r]) * scale;
        dWeight[c] += dy[at] * normalised;
        dBias[c] += dy[at];
        sum += dy[at] * weight[c];
        product += dy[at] * weight[c] * normalised;
      }
      for (let i = 0; i < length; i++) {
        const at = r * length + i;
        const normalised = (x[at] - mean[r]) * scale;
        dx[at] = scale * (dy[at] * weight[channelOf(r, i, g)] - sum / length - (normalised * product) / length);
      }
    }
    const typed = (sums: Float64Array): FloatArray => (dtypeOf(x) === "float64" ? sums : Float32Array.from(sums));
    return { x: dx, weight: typed(dWeight), bias: typed(dBias) };
  },
};
