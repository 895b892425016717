import { type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { avgPool2dOp } from "./avgPool2d";
import { overLines, poolLine, type PoolLineOptions } from "./geometry/line";
import { poolOptions } from "./geometry/pooling";

export interface AvgPool1dOptions extends PoolLineOptions {
  /** Whether padding counts among the elements that the sum is divided by; default true. */
  countIncludePad?: boolean;
}
export const avgPool1dOptions: OptionNames<AvgPool1dOptions> = {
  stride: true,
  padding: true,
  ceilMode: true,
  countIncludePad: true,
};

/**
 * The average over each window along lines. Shapes: [N,C,L] -> [N,C,Q],
 * Q = floor((L + 2*padding - kernelSize)/stride) + 1, rounded up with `ceilMode` as in avgPool2d.
 * @param kernelSize window size in elements
 * @param options    a stride, or { stride, padding, ceilMode, countIncludePad }; the stride defaults to the window's size
 * @throws ShapeError if the window does not fit
 * @see torch.nn.functional.avg_pool1d
 * @example
 * const y = F.avgPool1d(zeros([1, 6, 28]), 4); // y.shape is [1, 6, 7]
 */
export function avgPool1d(x: Tensor, kernelSize: number, options: number | AvgPool1dOptions = {}): Tensor {
  const given = poolOptions<AvgPool1dOptions>("avgPool1d", options, avgPool1dOptions, arguments, 2);
  const window = poolLine("avgPool1d", x, kernelSize, given);
  return overLines(x, (images) => avgPool2dOp([images], { ...given, ...window }));
}
