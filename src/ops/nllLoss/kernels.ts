import type { Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";
import type { ClassGeometry } from "../geometry/classTargets";
import type { Reduction } from "../geometry/reduction";

export interface NllLossGeometry extends ClassGeometry {
  reduction: Reduction;
  ignoreIndex: number;
  labelSmoothing: number;
  outShape: Shape;
}

export interface NllLossKernels {
  /**
   * -weight[t] * logp[n, t] of each target t, mixed with the mean over all classes by `labelSmoothing`, reduced.
   * @throws DataError for a target that is no class
   */
  forward(logp: Memory, target: Memory, weight: Memory | null, g: NllLossGeometry): Memory;
  backward(dy: Memory, target: Memory, weight: Memory | null, g: NllLossGeometry): Memory;
}
