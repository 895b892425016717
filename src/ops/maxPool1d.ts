import { type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { overLines, poolLine, type PoolLineOptions } from "./geometry/line";
import { maxPool2dOp } from "./maxPool2d";
import { poolOptions } from "./geometry/pooling";

/** How windows lie; padding never wins. */
export interface MaxPool1dOptions extends PoolLineOptions {
  /** Distance in elements between the window's elements; default 1. */
  dilation?: number;
}
export const maxPool1dOptions: OptionNames<MaxPool1dOptions> = {
  stride: true,
  padding: true,
  dilation: true,
  ceilMode: true,
};

/**
 * The largest number of each window along lines. Shapes: [N,C,L] -> [N,C,Q],
 * Q = floor((L + 2*padding - dilation*(kernelSize-1) - 1)/stride) + 1, rounded up with `ceilMode` as in maxPool2d.
 * @param kernelSize window size in elements
 * @param options    a stride, or { stride, padding, dilation, ceilMode }; the stride defaults to the window's size
 * @throws ShapeError if the window does not fit
 * @see torch.nn.functional.max_pool1d
 * @example
 * const y = F.maxPool1d(zeros([1, 6, 28]), 2); // y.shape is [1, 6, 14]
 */
export function maxPool1d(x: Tensor, kernelSize: number, options: number | MaxPool1dOptions = {}): Tensor {
  const given = poolOptions<MaxPool1dOptions>("maxPool1d", options, maxPool1dOptions, arguments, 2);
  const window = poolLine("maxPool1d", x, kernelSize, given);
  return overLines(x, (images) => maxPool2dOp([images], { ...given, ...window }));
}
