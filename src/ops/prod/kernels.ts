import type { DType, Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

/** Products of `length` numbers that lie `inner` apart. */
export interface ProdGeometry {
  outer: number;
  length: number;
  inner: number;
  outShape: Shape;
  outDType: DType;
}

export interface ProdKernels {
  prod(x: Memory, g: ProdGeometry): Memory;
  /** dy times the product of all others: not divided by the number, which may be 0. */
  backward(dy: Memory, x: Memory, g: ProdGeometry): Memory;
}
