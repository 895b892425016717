import type { Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

/** Softmax over `length` numbers that lie `inner` apart. */
export interface SoftmaxGeometry {
  outer: number;
  length: number;
  inner: number;
  outShape: Shape;
}

export interface SoftmaxKernels {
  softmax(x: Memory, g: SoftmaxGeometry): Memory;
  softmaxBackward(dy: Memory, y: Memory, g: SoftmaxGeometry): Memory;
  logSoftmax(x: Memory, g: SoftmaxGeometry): Memory;
  logSoftmaxBackward(dy: Memory, y: Memory, g: SoftmaxGeometry): Memory;
}
