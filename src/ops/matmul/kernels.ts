import type { Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

/** out [M,N] = op(a) [M,L] times op(b) [L,N], where op transposes if asked. */
export interface MatmulGeometry {
  M: number;
  N: number;
  /** The length that is summed over. */
  L: number;
  /** a is stored as [L,M]. */
  transposeA: boolean;
  /** b is stored as [N,L]. */
  transposeB: boolean;
  outShape: Shape;
}

export interface MatmulKernels {
  matmul(a: Memory, b: Memory, g: MatmulGeometry): Memory;
}
