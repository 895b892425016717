import type { DType, Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

export interface OneHotGeometry {
  classes: number;
  outShape: Shape;
  outDType: DType;
}

export interface OneHotKernels {
  /** @throws DataError for a label that is no class */
  forward(labels: Memory, g: OneHotGeometry): Memory;
}
