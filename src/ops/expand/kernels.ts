import type { Memory } from "../../devices/device";
import type { BinaryGeometry } from "../binary/kernels";
import type { StridedGeometry } from "../strided/kernels";

/** A read with a stride of 0 where the input repeats; back, what the sum with a tensor of the output's shape does. */
export interface ExpandGeometry extends StridedGeometry {
  sum: BinaryGeometry;
}

export interface ExpandKernels {
  forward(x: Memory, g: ExpandGeometry): Memory;
  /** dy summed over what was repeated. */
  backward(dy: Memory, x: Memory, g: ExpandGeometry): Memory;
}
