import { allocate, dtypeOf, type FloatArray } from "../../devices/device";
import { DataError } from "../../errors";
import type { NllLossGeometry, NllLossKernels } from "./kernels";

/** How many targets count. @throws DataError for one that is no class */
function countTargets(target: Int32Array, g: NllLossGeometry): number {
  let counted = 0;
  target.forEach((value, position) => {
    if (value === g.ignoreIndex) return;
    if (value < 0 || value >= g.classes)
      throw new DataError(
        `${g.caller}: target must hold class indices from 0 to ${g.classes - 1}, got ${value} at position ${position} ` +
          `(logits [${g.N},${g.classes}]). Count classes from 0, or widen the last layer.`,
      );
    counted++;
  });
  return counted;
}

export const nllLossReference: NllLossKernels = {
  forward(logp: FloatArray, target: Int32Array, g) {
    const counted = countTargets(target, g);
    const out = allocate(dtypeOf(logp), g.reduction === "none" ? g.N : 1);
    let sum = 0;
    target.forEach((value, n) => {
      const loss = value === g.ignoreIndex ? 0 : -logp[n * g.classes + value];
      if (g.reduction === "none") out[n] = loss;
      sum += loss;
    });
    if (g.reduction !== "none") out[0] = g.reduction === "mean" ? sum / counted : sum;
    return out;
  },
  backward(dy: FloatArray, target: Int32Array, g) {
    const scale = g.reduction === "mean" ? 1 / countTargets(target, g) : 1;
    const dx = allocate(dtypeOf(dy), g.N * g.classes);
    target.forEach((value, n) => {
      if (value !== g.ignoreIndex) dx[n * g.classes + value] = -dy[g.reduction === "none" ? n : 0] * scale;
    });
    return dx;
  },
};
