import type { Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

export interface PadGeometry {
  inShape: Shape;
  outShape: Shape;
  /** For each dimension and output position the input position, or -1 where the constant stands. */
  sources: readonly Int32Array[];
  value: number;
}

export interface PadKernels {
  forward(x: Memory, g: PadGeometry): Memory;
  backward(dy: Memory, g: PadGeometry): Memory;
}
