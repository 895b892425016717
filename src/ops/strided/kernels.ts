import type { Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

/** The output's element [i,j,..] is the input's element at offset + i*strides[0] + j*strides[1] + ... */
export interface StridedGeometry {
  strides: readonly number[];
  offset: number;
  inSize: number;
  outShape: Shape;
}

export interface StridedKernels {
  forward(x: Memory, g: StridedGeometry): Memory;
  /** dy put back where it came from, zeros elsewhere; no element is read twice in `forward`. */
  backward(dy: Memory, g: StridedGeometry): Memory;
}
