import { checkBias } from "../../arguments";
import { ShapeError } from "../../errors";
import { checkOptions, type OptionNames } from "../../options";
import { showShape } from "../../tensor/shape";
import type { Memory } from "../../devices/device";
import type { Tensor } from "../../tensor/tensor";
import { binary } from "../binary";
import { conv3dCpu } from "../conv3d/cpu";
import type { Conv3dGeometry } from "../conv3d/geometry";
import { conv3dGpu } from "../conv3d/gpu";
import type { Conv3dKernels } from "../conv3d/kernels";
import { conv3dReference } from "../conv3d/reference";
import { checkFloats, defineOp } from "../define/defineOp";
import { reshape } from "../reshape";
import { convTranspose3dGeometry, type ConvTranspose3dOptions } from "./geometry";

export type { ConvTranspose3dOptions } from "./geometry";

const optionNames: OptionNames<ConvTranspose3dOptions> = {
  stride: true,
  padding: true,
  outputPadding: true,
  groups: true,
  dilation: true,
};
const inputNames = ["input", "weight"];

/** What a device must compute. The geometry is the convolution's: x and its gradient are [N,K,O,P,Q], y is [N,C,D,H,W]. */
interface ConvTranspose3dKernels {
  forward(x: Memory, w: Memory, g: Conv3dGeometry): Memory;
  backwardInput(dy: Memory, w: Memory, g: Conv3dGeometry): Memory;
  backwardWeight(dy: Memory, x: Memory, g: Conv3dGeometry): Memory;
}

/** A transposed convolution runs a convolution backwards; so its gradient runs the convolution forwards. */
const transposed = (conv: Conv3dKernels): ConvTranspose3dKernels => ({
  forward: (x, w, g) => conv.backwardInput(x, w, g),
  backwardInput: (dy, w, g) => conv.forward(dy, w, null, resultsOf(g)),
  backwardWeight: (dy, x, g) => conv.backwardWeight(x, dy, g),
});

/** The convolution's own result is our input. */
function resultsOf(g: Conv3dGeometry): Conv3dGeometry {
  const { depth, plane, results, N, K } = g;
  return { depth, plane, results, N, K, outShape: [N, K, depth.O, plane.P, plane.Q] };
}

/** Without the bias, which the function below adds. */
export const convTranspose3dOp = defineOp<ConvTranspose3dKernels, ConvTranspose3dOptions, Conv3dGeometry>({
  name: "convTranspose3d",
  inputNames,
  shape(inputs, options) {
    checkFloats("convTranspose3d", inputNames, inputs);
    return convTranspose3dGeometry(inputs[0].shape, inputs[1].shape, options);
  },
  forward: (k, [x, w], g) => k.forward(x, w, g),
  backward: (k, dy, { inputs: [x, w], need, geometry: g }) => [
    need[0] ? k.backwardInput(dy, w, g) : null,
    need[1] ? k.backwardWeight(dy, x, g) : null,
  ],
  kernels: {
    reference: transposed(conv3dReference),
    cpu: transposed(conv3dCpu),
    gpu: transposed(conv3dGpu),
  },
  samples: [
    {
      inputs: [
        [2, 3, 2, 3, 2],
        [3, 2, 2, 2, 2],
      ],
      options: { stride: 2 },
    },
    {
      inputs: [
        [1, 4, 2, 2, 3],
        [4, 1, 3, 3, 2],
      ],
      options: { groups: 2, stride: [2, 1, 2], padding: [1, 0, 0], outputPadding: [1, 0, 1] },
    },
    {
      inputs: [
        [1, 2, 3, 3, 2],
        [2, 2, 2, 2, 2],
      ],
      options: { dilation: [2, 1, 3], padding: 1, outputPadding: [1, 0, 2] },
    },
  ],
});

/**
 * Each voxel of the input adds the filters, times its own value, to the result. Shapes: input [N,Cin,D,H,W], weight
 * [Cin,Cout/groups,T,R,S], bias [Cout] or null -> [N,Cout,O,P,Q],
 * O = (D-1)*stride - 2*padding + dilation*(T-1) + outputPadding + 1, P and Q likewise.
 * @param options.stride        how far a voxel of the input moves on in the result; default 1
 * @param options.padding       voxels cut off on each side of the result; default 0
 * @param options.outputPadding voxels that the result is larger behind; default 0
 * @param options.groups        number of independent convolutions that the channels are split into; default 1
 * @param options.dilation      distance in voxels between filter taps; default 1
 * @throws ShapeError if channels disagree, or outputPadding is not smaller than stride or dilation
 * @see torch.nn.functional.conv_transpose3d
 * @example
 * const y = F.convTranspose3d(zeros([1, 8, 3, 7, 7]), zeros([8, 4, 2, 2, 2]), null, { stride: 2 }); // [1, 4, 6, 14, 14]
 */
export function convTranspose3d(
  input: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvTranspose3dOptions = {},
): Tensor {
  if (bias !== null) checkBias("convTranspose3d", bias);
  const y = convTranspose3dOp([input, weight], checkOptions("convTranspose3d", options, optionNames, arguments, 3));
  if (!bias) return y;
  if (bias.shape.length !== 1 || bias.shape[0] !== y.shape[1])
    throw new ShapeError(
      `convTranspose3d: bias must have shape [${y.shape[1]}], one number a channel of the result (bias ${showShape(bias.shape)}). ` +
        `The weight is ordered [Cin,Cout/groups,T,R,S].`,
    );
  return binary("add", y, reshape(bias, [-1, 1, 1, 1], "convTranspose3d"));
}
