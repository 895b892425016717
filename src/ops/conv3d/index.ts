import { checkBias } from "../../arguments";
import { checkOptions, type OptionNames } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { checkFloats, defineOp } from "../define/defineOp";
import { conv3dCpu } from "./cpu";
import { conv3dGeometry, type Conv3dGeometry, type Conv3dOptions } from "./geometry";
import { conv3dGpu } from "./gpu";
import type { Conv3dKernels } from "./kernels";
import { conv3dReference } from "./reference";

export type { Conv3dOptions } from "./geometry";

const optionNames: OptionNames<Conv3dOptions> = { stride: true, padding: true, dilation: true, groups: true };
const inputNames = ["input", "weight", "bias"];

export const conv3dOp = defineOp<Conv3dKernels, Conv3dOptions, Conv3dGeometry>({
  name: "conv3d",
  inputNames,
  shape(inputs, options) {
    checkFloats("conv3d", inputNames, inputs);
    const [x, w, b] = inputs;
    return conv3dGeometry(x.shape, w.shape, b ? b.shape : null, options);
  },
  forward: (k, [x, w, b], g) => k.forward(x, w, g.plane.hasBias ? b : null, g),
  backward: (k, dy, { inputs: [x, w], need, geometry: g }) => [
    need[0] ? k.backwardInput(dy, w, g) : null,
    need[1] ? k.backwardWeight(dy, x, g) : null,
    need[2] ? k.backwardBias(dy, g) : null,
  ],
  kernels: { reference: conv3dReference, cpu: conv3dCpu, gpu: conv3dGpu },
  samples: [
    { inputs: [[2, 2, 4, 5, 4], [3, 2, 3, 3, 3], [3]], options: {} },
    {
      inputs: [
        [1, 2, 5, 4, 5],
        [3, 2, 3, 2, 3],
      ],
      options: { padding: 1, stride: 2 },
    },
    { inputs: [[1, 4, 3, 4, 4], [4, 2, 2, 3, 3], [4]], options: { groups: 2, padding: [1, 0, 1] } },
    {
      inputs: [[1, 1, 6, 4, 5], [2, 1, 2, 3, 2], [2]],
      options: { dilation: [3, 1, 2], stride: [2, 1, 1], padding: [2, 0, 0] },
    },
    { inputs: [[1, 2, 4, 3, 3], [2, 2, 2, 3, 2], [2]], options: { padding: "same", dilation: [2, 1, 1] } },
    { inputs: [[2, 2, 3, 3, 3], [3, 2, 1, 1, 1], [3]], options: { padding: "valid" } },
    // A step beyond the filter: slices that nobody sees.
    {
      inputs: [
        [1, 1, 7, 3, 3],
        [1, 1, 2, 2, 2],
      ],
      options: { stride: [3, 1, 1] },
    },
  ],
});

/**
 * The cross-correlation of each volume with each filter. Shapes: input [N,C,D,H,W], weight [K,C/groups,T,R,S], bias [K] or
 * null -> [N,K,O,P,Q], O = floor((D + 2*padding - dilation*(T-1) - 1)/stride) + 1, P and Q likewise.
 * @param options.stride   step in voxels between windows; default 1
 * @param options.padding  zero voxels added on each side, or "valid" (none), or "same": as many as keep the size (stride 1
 *                         only, one more behind if their number is odd); default 0
 * @param options.dilation distance in voxels between filter taps; default 1
 * @param options.groups   number of independent convolutions that the channels are split into; default 1
 * @throws ShapeError if channels disagree, the filter exceeds the padded volume, or "same" meets a stride other than 1
 * @see torch.nn.functional.conv3d
 * @example
 * const y = F.conv3d(zeros([1, 1, 16, 16, 16]), zeros([4, 1, 3, 3, 3])); // y.shape is [1, 4, 14, 14, 14]
 */
export function conv3d(input: Tensor, weight: Tensor, bias: Tensor | null = null, options: Conv3dOptions = {}): Tensor {
  if (bias !== null) checkBias("conv3d", bias);
  const given = checkOptions("conv3d", options, optionNames, arguments, 3);
  return conv3dOp(bias ? [input, weight, bias] : [input, weight], given);
}
