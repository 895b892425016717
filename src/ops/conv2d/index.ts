import { checkBias } from "../../arguments";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { checkFloats, defineOp } from "../define/defineOp";
import { conv2dCpu } from "./cpu";
import { conv2dGeometry, type Conv2dGeometry, type Conv2dOptions, conv2dOptions } from "./geometry";
import { conv2dGpu } from "./gpu";
import type { Conv2dKernels } from "./kernels";
import { conv2dReference } from "./reference";

export { conv2dOptions } from "./geometry";
export type { Conv2dGeometry, Conv2dOptions, PaddingName } from "./geometry";

export const conv2dOp = defineOp<Conv2dKernels, Conv2dOptions, Conv2dGeometry>({
  name: "conv2d",
  inputNames: ["input", "weight", "bias"],
  shape(inputs, options) {
    checkFloats("conv2d", ["input", "weight", "bias"], inputs);
    const [x, w, b] = inputs;
    return conv2dGeometry(x.shape, w.shape, b ? b.shape : null, options);
  },
  forward: (k, [x, w, b], g) => k.forward(x, w, g.hasBias ? b : null, g),
  backward: (k, dy, { inputs: [x, w], need, geometry: g }) => [
    need[0] ? k.backwardInput(dy, w, g) : null,
    need[1] ? k.backwardWeight(dy, x, g) : null,
    need[2] ? k.backwardBias(dy, g) : null,
  ],
  kernels: { reference: conv2dReference, cpu: conv2dCpu, gpu: conv2dGpu },
  samples: [
    { inputs: [[2, 3, 5, 5], [4, 3, 3, 3], [4]], options: {} },
    { inputs: [[2, 3, 7, 6], [4, 3, 3, 2], [4]], options: { stride: 2, padding: 1 } },
    {
      inputs: [
        [1, 2, 9, 9],
        [3, 2, 3, 3],
      ],
      options: { dilation: 2, padding: [2, 1] },
    },
    { inputs: [[2, 4, 6, 6], [6, 2, 3, 3], [6]], options: { groups: 2, stride: [1, 2] } },
    { inputs: [[2, 4, 5, 5], [4, 1, 3, 3], [4]], options: { groups: 4, padding: 1 } },
    { inputs: [[3, 5, 4, 4], [7, 5, 1, 1], [7]], options: {} },
    { inputs: [[1, 3, 8, 8], [2, 3, 5, 5], [2]], options: { stride: 3, padding: 2 } },
    { inputs: [[1, 2, 5, 6], [3, 2, 3, 3], [3]], options: { padding: "same", dilation: 2 } },
    // Even filters: one zero more at the bottom and at the right.
    { inputs: [[2, 2, 5, 4], [3, 2, 4, 2], [3]], options: { padding: "same", dilation: [1, 3] } },
    { inputs: [[1, 2, 5, 6], [3, 2, 3, 2], [3]], options: { padding: "valid", stride: 2 } },
    // Rows long enough for vectors, with filters 3 and 5 wide, few filters and remainders.
    { inputs: [[2, 2, 6, 12], [5, 2, 2, 5], [5]], options: {} },
    { inputs: [[2, 2, 5, 9], [3, 2, 3, 3], [3]], options: { padding: 1 } },
    { inputs: [[3, 2, 5, 11], [10, 1, 3, 3], [10]], options: { padding: [0, 1], groups: 2 } },
    { inputs: [[1, 1, 4, 14], [1, 1, 3, 5], [1]], options: { padding: 2 } },
    // A filter a channel: rows longer than a vector block, both strides, both widths.
    { inputs: [[1, 2, 4, 19], [2, 1, 3, 3], [2]], options: { groups: 2, padding: 1 } },
    { inputs: [[2, 3, 8, 9], [3, 1, 3, 3], [3]], options: { groups: 3, padding: 1, stride: 2 } },
    { inputs: [[1, 2, 7, 6], [2, 1, 5, 5], [2]], options: { groups: 2, padding: 2 } },
    { inputs: [[1, 2, 9, 10], [2, 1, 5, 3], [2]], options: { groups: 2, padding: [1, 2], stride: 2 } },
    { inputs: [[1, 1, 6, 7], [1, 1, 3, 3], [1]], options: { stride: 2 } },
  ],
});

/**
 * The cross-correlation of each image with each filter (deep learning's "convolution": the filter is not flipped).
 * Shapes: input [N,C,H,W], weight [K,C/groups,R,S], bias [K] or null -> [N,K,P,Q],
 * P = floor((H + 2*padding - dilation*(R-1) - 1)/stride) + 1, Q likewise. Where the division has a remainder, the filter
 * does not reach the last pixels: they are left out, silently, as in PyTorch. On device cpu 3x3 filters over 8 channels
 * and more are computed as tiles of 4x4 outputs (Winograd): a NaN or an infinity may spread within its tile there.
 * @param options.stride   step in pixels between windows; default 1
 * @param options.padding  zero pixels added on each side, or "valid" (none), or "same": as many as make P = H and Q = W
 *                         (stride 1 only; one more at the bottom and right if their number is odd); default 0
 * @param options.dilation distance in pixels between filter taps; default 1
 * @param options.groups   number of independent convolutions that the channels are split into; default 1
 * @throws ShapeError if channels disagree, the filter exceeds the padded image, or "same" meets a stride other than 1
 * @see Dumoulin & Visin 2016, arXiv:1603.07285, section 2; torch.nn.functional.conv2d
 * @example
 * const y = F.conv2d(zeros([1, 3, 32, 32]), zeros([6, 3, 5, 5]), null); // y.shape is [1, 6, 28, 28]
 * const z = F.conv2d(zeros([1, 3, 32, 32]), zeros([6, 3, 5, 5]), null, { padding: "same" }); // z.shape is [1, 6, 32, 32]
 */
export function conv2d(input: Tensor, weight: Tensor, bias: Tensor | null = null, options: Conv2dOptions = {}): Tensor {
  if (bias !== null) checkBias("conv2d", bias);
  checkOptions("conv2d", options, conv2dOptions, arguments, 3);
  return conv2dOp(bias ? [input, weight, bias] : [input, weight], options);
}
