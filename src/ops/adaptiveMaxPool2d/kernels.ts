import type { Memory } from "../../devices/device";
import type { AvgPool2dGeometry } from "../avgPool2d/kernels";

/** Windows as spans; their divisors do not matter here. */
export type AdaptiveMaxPool2dGeometry = AvgPool2dGeometry;

export interface AdaptiveMaxPool2dKernels {
  /** The largest value of each window and the flat position h*W+w in its plane where it was found, as in maxPool2d. */
  forward(x: Memory, g: AdaptiveMaxPool2dGeometry): { output: Memory; positions: Memory };
  /** dy carried back to those positions, summed where windows overlap; shaped like x. */
  backward(dy: Memory, positions: Memory, g: AdaptiveMaxPool2dGeometry): Memory;
}
