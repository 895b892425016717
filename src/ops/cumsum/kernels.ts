import type { DType, Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

/** Rows of `length` numbers that lie `inner` apart. */
export interface CumsumGeometry {
  outer: number;
  length: number;
  inner: number;
  outShape: Shape;
  outDType: DType;
}

export interface CumsumKernels {
  /** The sum of each number and those before it, or behind it if `fromEnd`. */
  cumsum(x: Memory, g: CumsumGeometry, fromEnd: boolean): Memory;
}
