import type { Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

export type Reduction = "mean" | "sum" | "none";

export interface NllLossGeometry {
  N: number;
  classes: number;
  reduction: Reduction;
  ignoreIndex: number;
  /** What the user called, for error messages. */
  caller: string;
  outShape: Shape;
}

export interface NllLossKernels {
  /** -logp[n, target[n]], reduced. @throws DataError for a target that is no class */
  forward(logp: Memory, target: Memory, g: NllLossGeometry): Memory;
  backward(dy: Memory, target: Memory, g: NllLossGeometry): Memory;
}
