import { allocate, dtypeOf, type FloatArray } from "../../devices/device";
import { checkClasses } from "../geometry/classTargets";
import type { MultiMarginLossGeometry, MultiMarginLossKernels } from "./kernels";

/** Calls `body` for each wrong class that comes closer to the right one than the margin, with by how much. */
function eachTooClose(
  x: FloatArray,
  target: Int32Array,
  g: MultiMarginLossGeometry,
  body: (n: number, c: number, excess: number) => void,
): void {
  for (let n = 0; n < g.N; n++)
    for (let c = 0; c < g.classes; c++) {
      const excess = g.margin - x[n * g.classes + target[n]] + x[n * g.classes + c];
      if (c !== target[n] && excess > 0) body(n, c, excess);
    }
}

export const multiMarginLossReference: MultiMarginLossKernels = {
  forward(x: FloatArray, target: Int32Array, weight: FloatArray | null, g) {
    checkClasses(target, g);
    const losses = new Float64Array(g.N);
    eachTooClose(x, target, g, (n, _c, excess) => {
      losses[n] += ((weight ? weight[target[n]] : 1) * excess ** g.p) / g.classes;
    });
    const out = allocate(dtypeOf(x), g.reduction === "none" ? g.N : 1);
    if (g.reduction === "none") out.set(losses);
    else {
      const sum = losses.reduce((total, loss) => total + loss, 0);
      out[0] = g.reduction === "mean" ? sum / g.N : sum;
    }
    return out;
  },
  backward(dy: FloatArray, x: FloatArray, target: Int32Array, weight: FloatArray | null, g) {
    const dx = allocate(dtypeOf(x), x.length);
    const scale = 1 / (g.reduction === "mean" ? g.N * g.classes : g.classes);
    eachTooClose(x, target, g, (n, c, excess) => {
      const slope = (weight ? weight[target[n]] : 1) * (g.p === 2 ? 2 * excess : 1);
      const dLoss = dy[g.reduction === "none" ? n : 0] * scale * slope;
      dx[n * g.classes + c] += dLoss;
      dx[n * g.classes + target[n]] -= dLoss;
    });
    return dx;
  },
};
