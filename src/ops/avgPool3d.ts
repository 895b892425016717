import { ShapeError } from "../errors";
import { type OptionNames } from "../options";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { avgPool2dOp } from "./avgPool2d";
import { poolOptions } from "./geometry/pooling";
import { poolSlices, poolVolume, type Pool3dOptions, type Triple } from "./geometry/volumes";

export interface AvgPool3dOptions extends Pool3dOptions {
  /** Whether padding counts among the voxels that the sum is divided by; default true. */
  countIncludePad?: boolean;
  /** Divides every sum by this instead of by the number of voxels; default null. */
  divisorOverride?: number | null;
}
/** In the order in which PyTorch takes them. */
export const avgPool3dOptions: OptionNames<AvgPool3dOptions> = {
  stride: true,
  padding: true,
  ceilMode: true,
  countIncludePad: true,
  divisorOverride: true,
};

/**
 * The average over each window. Shapes: [N,C,D,H,W] -> [N,C,O,P,Q], O = floor((D + 2*padding - T)/stride) + 1, P and Q
 * likewise, rounded up with `ceilMode` as in avgPool2d.
 * @param kernelSize window size in voxels, one number or [depth, vertical, horizontal]
 * @param options    a stride, or { stride, padding, ceilMode, countIncludePad, divisorOverride }; the stride defaults to
 *                   the window's size, countIncludePad to true
 * @throws ShapeError if the window does not fit or the padding is more than half of it
 * @see torch.nn.functional.avg_pool3d
 * @example
 * const y = F.avgPool3d(zeros([1, 6, 8, 28, 28]), 2); // y.shape is [1, 6, 4, 14, 14]
 */
export function avgPool3d(x: Tensor, kernelSize: Triple, options: Triple | AvgPool3dOptions = {}): Tensor {
  const given = poolOptions<AvgPool3dOptions>("avgPool3d", options, avgPool3dOptions, arguments, 2);
  const [depth, slices] = poolVolume("avgPool3d", x, kernelSize, given);
  const { countIncludePad = true, divisorOverride = null } = given;
  if (divisorOverride === 0 || Number.isNaN(divisorOverride))
    throw new ShapeError(
      `avgPool3d: divisorOverride must be a number other than 0, got ${String(divisorOverride)} ` +
        `(input ${showShape(x.shape)}). Leave it out to divide by the number of voxels.`,
    );
  const divisors = divisorOverride === null ? [null, null] : [divisorOverride, 1];
  const over = ([images]: Tensor[], window: typeof depth, divisor: number | null): Tensor =>
    avgPool2dOp([images], { ...window, countIncludePad, divisorOverride: divisor });
  return poolSlices(
    "avgPool3d",
    x,
    (s) => over([s], slices, divisors[0]),
    (d) => over([d], depth, divisors[1]),
  );
}
