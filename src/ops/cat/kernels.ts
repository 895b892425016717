import type { DType, Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

/** Tensors one after another along a dimension: each of `outer` rows of the result holds `lengths` numbers of each. */
export interface CatGeometry {
  outer: number;
  /** How many numbers input i contributes to a row of the result. */
  lengths: readonly number[];
  dtype: DType;
  outShape: Shape;
}

export interface CatKernels {
  forward(g: CatGeometry, ...inputs: Memory[]): Memory;
  /** The part of dy that came from input `which`. */
  backward(g: CatGeometry, dy: Memory, which: number): Memory;
}
