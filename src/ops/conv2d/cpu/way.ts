import type { Memory } from "../../../devices/device";
import type { Conv2dGeometry } from "../geometry";
import type { Conv2dKernels } from "../kernels";

/** One way to compute convolutions of some sizes: all three directions, or those that it has a kernel for. */
export interface Way extends Partial<Omit<Conv2dKernels, "backwardBias">> {
  name: string;
  fits(g: Conv2dGeometry): boolean;
  /**
   * The gradient to the input where it is itself a convolution, of dy with transposed filters: `g` has that convolution's
   * sizes, which the way fits. Filters and channels change places, and filters are rotated by 180 degrees.
   */
  transposed?(dy: Memory, w: Memory, g: Conv2dGeometry): Memory;
  /** Whether `transposed` takes few enough multiplications beside a scatter; default always. */
  pays?(g: Conv2dGeometry): boolean;
}

/** Places of the result, padding included, are no more than `limit` times those of dy. */
export const paysUpTo =
  (limit: number) =>
  (g: Conv2dGeometry): boolean =>
    g.P * g.Q <= limit * g.H * g.W;
