import type { Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";
import type { ClassGeometry } from "../geometry/classTargets";
import type { Reduction } from "../geometry/reduction";

export interface MultiMarginLossGeometry extends ClassGeometry {
  p: number;
  margin: number;
  reduction: Reduction;
  outShape: Shape;
}

export interface MultiMarginLossKernels {
  /** @throws DataError for a target that is no class */
  forward(x: Memory, target: Memory, weight: Memory | null, g: MultiMarginLossGeometry): Memory;
  backward(dy: Memory, x: Memory, target: Memory, weight: Memory | null, g: MultiMarginLossGeometry): Memory;
}
