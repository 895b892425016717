import type { Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

/** N images of C channels of `inner` numbers. Channel c is divided by what channels c - before ... c + after hold. */
export interface LocalResponseNormGeometry {
  N: number;
  C: number;
  inner: number;
  before: number;
  after: number;
  /** alpha / size. */
  scale: number;
  beta: number;
  k: number;
  outShape: Shape;
}

export interface LocalResponseNormKernels {
  /** output = x / base^beta, base = k + scale * (sum of squares of the channels around). */
  forward(x: Memory, g: LocalResponseNormGeometry): { output: Memory; base: Memory };
  backward(dy: Memory, x: Memory, base: Memory, g: LocalResponseNormGeometry): Memory;
}
