import type { DType, Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";
import type { MatmulGeometry } from "../matmul/kernels";

/** Many products of equally large matrices; product i reads matrix left[i] and right[i] and is added to out[i]. */
export interface BatchProducts {
  /** The sizes of one product. */
  each: MatmulGeometry;
  left: readonly number[];
  right: readonly number[];
  out: readonly number[];
  /** How many matrices the result holds; several products may add up to one. */
  results: number;
  dtype: DType;
}

export interface BatchMatmulGeometry {
  M: number;
  L: number;
  N: number;
  /** Which matrix of each operand a product reads: broadcast batches read one again. */
  left: readonly number[];
  right: readonly number[];
  /** How many matrices each operand has. */
  leftCount: number;
  rightCount: number;
  dtype: DType;
  outShape: Shape;
}

export interface BatchMatmulKernels {
  products(left: Memory, right: Memory, batch: BatchProducts): Memory;
}
