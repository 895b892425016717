import { type OptionNames } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { defineOp } from "../define/defineOp";
import { pool2dGeometry, poolOptions, type Pool2dGeometry, type PoolOptions } from "../geometry/pooling";
import type { Pair } from "../geometry/window";
import { maxPool2dCpu } from "./cpu";
import { maxPool2dGpu } from "./gpu";
import type { MaxPool2dKernels } from "./kernels";
import { maxPool2dReference } from "./reference";

/** How windows lie; padding never wins. */
export interface MaxPool2dOptions extends PoolOptions {
  /** Distance in pixels between the window's pixels; default 1. */
  dilation?: Pair;
}
export const maxPool2dOptions: OptionNames<MaxPool2dOptions> = {
  stride: true,
  padding: true,
  dilation: true,
  ceilMode: true,
};

export const maxPool2dOp = defineOp<MaxPool2dKernels, MaxPool2dOptions & { kernelSize: Pair }, Pool2dGeometry>({
  name: "maxPool2d",
  inputNames: ["input"],
  shape: ([x], options) => pool2dGeometry("maxPool2d", x, options.kernelSize, options),
  forward(k, [x], g) {
    const { output, positions } = k.forward(x, g);
    return { output, extra: [positions] };
  },
  backward: (k, dy, { extra: [positions], geometry }) => [k.backward(dy, positions, geometry)],
  ownsExtra: true,
  kernels: { reference: maxPool2dReference, cpu: maxPool2dCpu, gpu: maxPool2dGpu },
  samples: [
    { inputs: [[2, 3, 6, 6]], fill: ["distinct"], options: { kernelSize: 2 } },
    { inputs: [[1, 2, 7, 5]], fill: ["distinct"], options: { kernelSize: 3, stride: 2, padding: 1 } },
    { inputs: [[1, 1, 5, 5]], fill: ["distinct"], options: { kernelSize: 3, stride: 1 } },
    {
      inputs: [[2, 2, 7, 7]],
      fill: ["distinct"],
      options: { kernelSize: [2, 3], stride: [2, 1], dilation: [2, 1] },
    },
    { inputs: [[2, 1, 6, 8]], fill: ["distinct"], options: { kernelSize: 3, stride: 2, ceilMode: true } },
    {
      inputs: [[1, 2, 6, 7]],
      fill: ["distinct"],
      options: { kernelSize: [4, 2], stride: [3, 5], padding: [2, 1], ceilMode: true },
    },
    { inputs: [[1, 2, 6, 7]], fill: ["distinct"], options: { kernelSize: 3, padding: 1, dilation: 2 } },
    // Rows of four windows and more: remainders, an odd edge, padding on both sides.
    { inputs: [[1, 2, 5, 11]], fill: ["distinct"], options: { kernelSize: 2 } },
    { inputs: [[1, 2, 5, 13]], fill: ["distinct"], options: { kernelSize: 3, stride: 2, padding: 1 } },
    { inputs: [[1, 1, 3, 9]], fill: ["distinct"], options: { kernelSize: 3, stride: 1, padding: 1 } },
  ],
});

/**
 * The largest number of each window. Shapes: [N,C,H,W] -> [N,C,P,Q], P = floor((H + 2*padding - dilation*(R-1) - 1)/stride) + 1:
 * pixels that the last step does not reach are left out; with `ceilMode` the division is rounded up instead, unless the
 * last window would start in the padding behind the image.
 * @param kernelSize window size in pixels, one number or [vertical, horizontal]
 * @param options    a stride, or { stride, padding, dilation, ceilMode }; the stride defaults to the window's size
 * @throws ShapeError if the window does not fit, or a window would see nothing but padding
 * @see torch.nn.functional.max_pool2d
 * @example
 * const y = F.maxPool2d(zeros([1, 6, 28, 28]), 2); // y.shape is [1, 6, 14, 14]
 * const z = F.maxPool2d(zeros([1, 6, 28, 28]), 3, { stride: 2, ceilMode: true }); // z.shape is [1, 6, 14, 14]
 */
export function maxPool2d(x: Tensor, kernelSize: Pair, options: Pair | MaxPool2dOptions = {}): Tensor {
  const given = poolOptions<MaxPool2dOptions>("maxPool2d", options, maxPool2dOptions, arguments, 2);
  return maxPool2dOp([x], { ...given, kernelSize });
}
