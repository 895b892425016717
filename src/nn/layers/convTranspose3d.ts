import { convTranspose3d, type ConvTranspose3dOptions, type Triple } from "../../ops";
import { resolveTriple } from "../../ops/geometry/volumes";
import { checkOptions, type OptionNames } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { uniformParameter } from "../firstWeights";
import { Module } from "../module";
import type { Parameter } from "../parameter";
import { checkChannelCounts, listOptions } from "./shared";

export interface ConvTranspose3dLayerOptions extends ConvTranspose3dOptions {
  /** Whether a number a channel of the result is added; default true. */
  bias?: boolean;
}
const optionNames: OptionNames<ConvTranspose3dLayerOptions> = {
  stride: true,
  padding: true,
  outputPadding: true,
  groups: true,
  bias: true,
  dilation: true,
};

/**
 * Makes volumes larger: every voxel adds the filters, times its own value, to the result. Shapes: [N,Cin,D,H,W] -> [N,Cout,O,P,Q], see
 * F.convTranspose3d; weight [Cin,Cout/groups,T,R,S], bias [Cout].
 * @param kernelSize filter size in voxels, one number or [depth, vertical, horizontal]
 * @param options    stride, padding, outputPadding, groups, bias and dilation
 * @throws ShapeError if groups do not divide both channel counts
 * @see torch.nn.ConvTranspose3d
 * @example
 * const up = new nn.ConvTranspose3d(16, 8, 2, { stride: 2 });
 * const y = up(zeros([1, 16, 2, 7, 7])); // y.shape is [1, 8, 4, 14, 14]
 */
export class ConvTranspose3d extends Module {
  weight: Parameter;
  bias: Parameter | null;
  private readonly options: ConvTranspose3dOptions;

  constructor(
    readonly inChannels: number,
    readonly outChannels: number,
    readonly kernelSize: Triple,
    options: ConvTranspose3dLayerOptions = {},
  ) {
    super();
    const { bias = true, ...rest } = checkOptions("ConvTranspose3d", options, optionNames, arguments, 3);
    const [T, R, S] = resolveTriple("ConvTranspose3d", "kernelSize", kernelSize, 1);
    const { groups = 1 } = rest;
    checkChannelCounts("ConvTranspose3d", { inChannels, outChannels }, groups);
    // PyTorch counts the weight's second dimension as what one output sums over, here as in Conv3d.
    const fanIn = (outChannels / groups) * T * R * S;
    this.options = rest;
    this.weight = uniformParameter([inChannels, outChannels / groups, T, R, S], fanIn);
    this.bias = bias ? uniformParameter([outChannels], fanIn) : null;
  }

  forward(x: Tensor): Tensor {
    return convTranspose3d(x, this.weight, this.bias, this.options);
  }
  override extraRepr(): string {
    const named = listOptions({ kernelSize: this.kernelSize, ...this.options });
    return [this.inChannels, this.outChannels, named, ...(this.bias ? [] : ["bias=false"])].join(", ");
  }
}
