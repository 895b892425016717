import { checkBias, checkTensor } from "../../arguments";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { binary } from "../binary";
import type { Conv2dGeometry } from "../conv2d";
import { defineOp } from "../define/defineOp";
import { reshape } from "../reshape";
import {
  checkBiasShape,
  convTranspose2dGeometry,
  type ConvTranspose2dOptions,
  convTranspose2dOptions,
} from "./geometry";
import { convTranspose2dKernels, type ConvTranspose2dKernels } from "./kernels";

export { convTranspose2dOptions, type ConvTranspose2dOptions } from "./geometry";

/** Without the bias, which the function below adds. */
export const convTranspose2dOp = defineOp<ConvTranspose2dKernels, ConvTranspose2dOptions, Conv2dGeometry>({
  name: "convTranspose2d",
  inputNames: ["input", "weight"],
  shape: ([x, w], options) => convTranspose2dGeometry(x.shape, w.shape, options),
  forward: (k, [x, w], g) => k.forward(x, w, g),
  backward: (k, dy, { inputs: [x, w], need, geometry: g }) => [
    need[0] ? k.backwardInput(dy, w, g) : null,
    need[1] ? k.backwardWeight(dy, x, g) : null,
  ],
  kernels: convTranspose2dKernels,
  // prettier-ignore
  samples: [
    { inputs: [[2, 3, 4, 4], [3, 2, 3, 3]], options: {} },
    { inputs: [[2, 3, 3, 4], [3, 4, 2, 2]], options: { stride: 2 } },
    { inputs: [[1, 2, 3, 4], [2, 3, 3, 4]], options: { stride: [2, 3], padding: [1, 2], outputPadding: [1, 2] } },
    { inputs: [[2, 4, 3, 3], [4, 2, 3, 2]], options: { groups: 2, padding: 1, dilation: [2, 1] } },
    // More output padding than the stride allows, as the dilation does.
    { inputs: [[1, 2, 3, 3], [2, 1, 3, 3]], options: { stride: 2, dilation: 3, outputPadding: 2 } },
  ],
});

/**
 * The transposed (fractionally strided) convolution, which enlarges images: every pixel adds the filter, times its own
 * value, to the result. It is conv2d's gradient for its input, run forwards, and undoes conv2d's shape.
 * Shapes: input [N,Cin,H,W], weight [Cin,Cout/groups,R,S], bias [Cout] or null -> [N,Cout,P,Q],
 * P = (H - 1)*stride - 2*padding + dilation*(R-1) + outputPadding + 1, Q likewise.
 * @param options.stride        pixels between the filters' places in the result; default 1
 * @param options.padding       pixels cut off on each side of the result; default 0
 * @param options.outputPadding pixels that the result is larger at the bottom and right; default 0
 * @param options.dilation      distance in pixels between filter taps; default 1
 * @param options.groups        number of independent convolutions that the channels are split into; default 1
 * @throws ShapeError if channels disagree, or outputPadding is not smaller than stride or dilation
 * @see Dumoulin & Visin 2016, arXiv:1603.07285, section 4; torch.nn.functional.conv_transpose2d
 * @example
 * const y = F.convTranspose2d(zeros([1, 8, 7, 7]), zeros([8, 4, 2, 2]), null, { stride: 2 }); // y.shape is [1, 4, 14, 14]
 */
export function convTranspose2d(
  input: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvTranspose2dOptions = {},
): Tensor {
  if (bias !== null) checkBias("convTranspose2d", bias);
  checkTensor("convTranspose2d", "input", input);
  checkTensor("convTranspose2d", "weight", weight);
  checkOptions("convTranspose2d", options, convTranspose2dOptions, arguments, 3);
  if (bias) checkBiasShape(bias.shape, convTranspose2dGeometry(input.shape, weight.shape, options).C);
  const y = convTranspose2dOp([input, weight], options);
  return bias ? binary("add", y, reshape(bias, [-1, 1, 1], "convTranspose2d")) : y;
}
