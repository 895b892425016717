import type { DType, Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

export interface CastGeometry {
  inDType: DType;
  outDType: DType;
  outShape: Shape;
}

export interface CastKernels {
  /** The numbers, which are `from`, as `to`. */
  cast(x: Memory, from: DType, to: DType): Memory;
}
