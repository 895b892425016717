import type { Memory } from "../../devices/device";
import type { Conv2dGeometry } from "./geometry";

/** What a device must compute for conv2d. x [N,C,H,W], w [K,C/groups,R,S], b [K], y and dy [N,K,P,Q]. */
export interface Conv2dKernels {
  forward(x: Memory, w: Memory, b: Memory | null, g: Conv2dGeometry): Memory;
  /** dL/dx, shaped like x. */
  backwardInput(dy: Memory, w: Memory, g: Conv2dGeometry): Memory;
  /** dL/dw, shaped like w. */
  backwardWeight(dy: Memory, x: Memory, g: Conv2dGeometry): Memory;
  /** dL/db: dy summed over N, P and Q. */
  backwardBias(dy: Memory, g: Conv2dGeometry): Memory;
}
