import type { Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";
import type { WindowGeometry } from "../geometry/window";

export interface UnfoldGeometry extends WindowGeometry {
  N: number;
  C: number;
  outShape: Shape;
}

export interface UnfoldKernels {
  /** The pixels of every window as a column: [N, C*R*S, P*Q], zeros for padding. */
  forward(x: Memory, g: UnfoldGeometry): Memory;
  /** Every number of dy added back to the pixel that it came from; shaped like x. */
  backward(dy: Memory, g: UnfoldGeometry): Memory;
}
