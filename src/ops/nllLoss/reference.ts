import { allocate, dtypeOf, type FloatArray } from "../../devices/device";
import { checkClasses } from "../geometry/classTargets";
import type { NllLossGeometry, NllLossKernels } from "./kernels";

/** What "mean" divides by: the weights of the targets that count, or how many there are. */
function weightOfTargets(target: Int32Array, weight: FloatArray | null, g: NllLossGeometry): number {
  let total = 0;
  for (const value of target) if (value !== g.ignoreIndex) total += weight ? weight[value] : 1;
  return total;
}

export const nllLossReference: NllLossKernels = {
  forward(logp: FloatArray, target: Int32Array, weight: FloatArray | null, g) {
    checkClasses(target, g, g.ignoreIndex);
    const out = allocate(dtypeOf(logp), g.reduction === "none" ? g.N : 1);
    const surprise = (n: number, c: number): number => -logp[n * g.classes + c] * (weight ? weight[c] : 1);
    let sum = 0;
    target.forEach((value, n) => {
      if (value === g.ignoreIndex) return;
      let loss = surprise(n, value);
      if (g.labelSmoothing > 0) {
        let all = 0;
        for (let c = 0; c < g.classes; c++) all += surprise(n, c);
        loss = (1 - g.labelSmoothing) * loss + (g.labelSmoothing / g.classes) * all;
      }
      if (g.reduction === "none") out[n] = loss;
      sum += loss;
    });
    if (g.reduction === "sum") out[0] = sum;
    if (g.reduction === "mean") out[0] = sum / weightOfTargets(target, weight, g);
    return out;
  },
  backward(dy: FloatArray, target: Int32Array, weight: FloatArray | null, g) {
    const scale = g.reduction === "mean" ? 1 / weightOfTargets(target, weight, g) : 1;
    const dx = allocate(dtypeOf(dy), g.N * g.classes);
    target.forEach((value, n) => {
      if (value === g.ignoreIndex) return;
      const slope = -dy[g.reduction === "none" ? n : 0] * scale;
      if (g.labelSmoothing > 0)
        for (let c = 0; c < g.classes; c++)
          dx[n * g.classes + c] = slope * (weight ? weight[c] : 1) * (g.labelSmoothing / g.classes);
      dx[n * g.classes + value] += slope * (weight ? weight[value] : 1) * (1 - g.labelSmoothing);
    });
    return dx;
  },
};
