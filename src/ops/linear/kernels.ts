import type { DType, Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

/** y [M,N] = x [M,L] times the transpose of w [N,L], plus b [N]. */
export interface LinearGeometry {
  M: number;
  N: number;
  L: number;
  dtype: DType;
  outShape: Shape;
}

export interface LinearKernels {
  forward(x: Memory, w: Memory, b: Memory | null, g: LinearGeometry): Memory;
  /** dL/dx, shaped like x. */
  backwardInput(dy: Memory, w: Memory, g: LinearGeometry): Memory;
  /** dL/dw, shaped like w. */
  backwardWeight(dy: Memory, x: Memory, g: LinearGeometry): Memory;
  /** dL/db: dy summed over its rows. */
  backwardBias(dy: Memory, b: Memory, g: LinearGeometry): Memory;
}
