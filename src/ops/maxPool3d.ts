import { type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { maxPool2dOp } from "./maxPool2d";
import { poolOptions } from "./geometry/pooling";
import { poolSlices, poolVolume, type Pool3dOptions, type Triple } from "./geometry/volumes";

export interface MaxPool3dOptions extends Pool3dOptions {
  /** Distance in voxels between the window's voxels; default 1. */
  dilation?: Triple;
}
/** In the order in which PyTorch takes them. */
export const maxPool3dOptions: OptionNames<MaxPool3dOptions> = {
  stride: true,
  padding: true,
  dilation: true,
  ceilMode: true,
};

/**
 * The largest number of each window. Shapes: [N,C,D,H,W] -> [N,C,O,P,Q],
 * O = floor((D + 2*padding - dilation*(T-1) - 1)/stride) + 1, P and Q likewise, rounded up with `ceilMode` as in maxPool2d.
 * @param kernelSize window size in voxels, one number or [depth, vertical, horizontal]
 * @param options    a stride, or { stride, padding, dilation, ceilMode }; the stride defaults to the window's size
 * @throws ShapeError if the window does not fit, or a window would see nothing but padding
 * @see torch.nn.functional.max_pool3d
 * @example
 * const y = F.maxPool3d(zeros([1, 6, 8, 28, 28]), 2); // y.shape is [1, 6, 4, 14, 14]
 */
export function maxPool3d(x: Tensor, kernelSize: Triple, options: Triple | MaxPool3dOptions = {}): Tensor {
  const given = poolOptions<MaxPool3dOptions>("maxPool3d", options, maxPool3dOptions, arguments, 2);
  const [depth, slices] = poolVolume("maxPool3d", x, kernelSize, given);
  return poolSlices(
    "maxPool3d",
    x,
    (s) => maxPool2dOp([s], slices),
    (d) => maxPool2dOp([d], depth),
  );
}
