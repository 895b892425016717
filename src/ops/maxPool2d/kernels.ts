import type { Memory } from "../../devices/device";
import type { Pool2dGeometry } from "../geometry/pooling";

export interface MaxPool2dKernels {
  /**
   * The largest value of each window [N,C,P,Q], and where it was found: the flat position h*W+w in its own plane.
   * The first in reading order wins a tie; padding never wins. Positions are int32 on reference and cpu, and
   * whatever suits the device on gpu: only `backward` of the same device reads them.
   */
  forward(x: Memory, g: Pool2dGeometry): { output: Memory; positions: Memory };
  /** dy carried back to those positions, summed where windows overlap; shaped like x. */
  backward(dy: Memory, positions: Memory, g: Pool2dGeometry): Memory;
}
