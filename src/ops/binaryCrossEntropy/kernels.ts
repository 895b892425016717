import type { Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

export interface BinaryCrossEntropyGeometry {
  outShape: Shape;
}

/** PyTorch's bounds: no logarithm below it, and no smaller denominator of the slope, a number of single precision. */
export const LEAST_LOG = -100;
export const LEAST_VARIANCE = Math.fround(1e-12);

export interface BinaryCrossEntropyKernels {
  /** -(t * log(x) + (1 - t) * log(1 - x)), where no logarithm is below -100. */
  forward(x: Memory, t: Memory, g: BinaryCrossEntropyGeometry): Memory;
  /** dy * (x - t) / (x * (1 - x)), where the denominator is at least 1e-12. */
  backwardInput(dy: Memory, x: Memory, t: Memory, g: BinaryCrossEntropyGeometry): Memory;
  /** dy * (log(1 - x) - log(x)). */
  backwardTarget(dy: Memory, x: Memory, g: BinaryCrossEntropyGeometry): Memory;
}
