import { conv3d, type Conv3dOptions, type Triple } from "../../ops";
import { checkPaddingName } from "../../ops/conv2d/geometry";
import { resolveTriple } from "../../ops/geometry/volumes";
import { checkOptions, type OptionNames } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { uniformParameter } from "../firstWeights";
import { Module } from "../module";
import type { Parameter } from "../parameter";
import { checkChannelCounts, listOptions } from "./shared";

export interface Conv3dLayerOptions extends Conv3dOptions {
  /** Whether a number a filter is added; default true. */
  bias?: boolean;
}
const optionNames: OptionNames<Conv3dLayerOptions> = {
  stride: true,
  padding: true,
  dilation: true,
  groups: true,
  bias: true,
};

/**
 * Slides `outChannels` filters through volumes. Shapes: [N,C,D,H,W] -> [N,K,O,P,Q]; weight [K,C/groups,T,R,S], bias [K].
 * @param kernelSize filter size in voxels, one number or [depth, vertical, horizontal]
 * @param options    stride, padding (a number, three, "same" or "valid"), dilation, groups and bias, as in F.conv3d
 * @throws ShapeError if groups do not divide both channel counts, or padding "same" meets a stride other than 1
 * @see torch.nn.Conv3d
 * @example
 * const layer = new nn.Conv3d(1, 8, 3, { padding: 1 });
 * console.log(layer(zeros([1, 1, 16, 16, 16])).shape); // [1, 8, 16, 16, 16]
 */
export class Conv3d extends Module {
  weight: Parameter;
  bias: Parameter | null;
  private readonly options: Conv3dOptions;

  constructor(
    readonly inChannels: number,
    readonly outChannels: number,
    readonly kernelSize: Triple,
    options: Conv3dLayerOptions = {},
  ) {
    super();
    const { bias = true, ...rest } = checkOptions("Conv3d", options, optionNames, arguments, 3);
    const [T, R, S] = resolveTriple("Conv3d", "kernelSize", kernelSize, 1);
    const { groups = 1, padding = 0, stride = 1 } = rest;
    checkChannelCounts("Conv3d", { inChannels, outChannels }, groups);
    if (typeof padding === "string")
      checkPaddingName("Conv3d", padding, Math.max(...resolveTriple("Conv3d", "stride", stride, 1)));
    const fanIn = (inChannels / groups) * T * R * S;
    this.options = rest;
    this.weight = uniformParameter([outChannels, inChannels / groups, T, R, S], fanIn);
    this.bias = bias ? uniformParameter([outChannels], fanIn) : null;
  }

  forward(x: Tensor): Tensor {
    return conv3d(x, this.weight, this.bias, this.options);
  }
  override extraRepr(): string {
    const named = listOptions({ kernelSize: this.kernelSize, ...this.options });
    return [this.inChannels, this.outChannels, named, ...(this.bias ? [] : ["bias=false"])].join(", ");
  }
}
