import type { Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

/** N x C x inner numbers; channel c has the slope weight[c]. One slope for all is C = 1. */
export interface PreluGeometry {
  N: number;
  C: number;
  inner: number;
  outShape: Shape;
}

export interface PreluKernels {
  /** x where it is positive, weight * x elsewhere. */
  forward(x: Memory, weight: Memory, g: PreluGeometry): Memory;
  backward(dy: Memory, x: Memory, weight: Memory, g: PreluGeometry): { x: Memory; weight: Memory };
}
