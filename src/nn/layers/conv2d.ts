import { conv2d, type Conv2dOptions, type Pair } from "../../ops";
import { checkPaddingName } from "../../ops/conv2d/geometry";
import { resolvePair } from "../../ops/geometry/window";
import { checkOptions, type OptionNames } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { uniformParameter } from "../firstWeights";
import { Module } from "../module";
import type { Parameter } from "../parameter";
import { checkChannelCounts, listOptions } from "./shared";

export interface Conv2dLayerOptions extends Conv2dOptions {
  /** Whether a number a filter is added; default true. */
  bias?: boolean;
}
const optionNames: OptionNames<Conv2dLayerOptions> = {
  stride: true,
  padding: true,
  dilation: true,
  groups: true,
  bias: true,
};

/**
 * Slides `outChannels` filters over images. Shapes: [N,C,H,W] -> [N,K,P,Q]; weight [K,C/groups,R,S], bias [K].
 * @param kernelSize filter size in pixels, one number or [vertical, horizontal]
 * @param options    stride, padding (a number, a pair, "same" or "valid"), dilation, groups and bias, as in F.conv2d
 * @throws ShapeError if groups do not divide both channel counts, or padding "same" meets a stride other than 1
 * @see torch.nn.Conv2d
 */
export class Conv2d extends Module {
  weight: Parameter;
  bias: Parameter | null;
  readonly options: Conv2dOptions;

  constructor(
    readonly inChannels: number,
    readonly outChannels: number,
    readonly kernelSize: Pair,
    options: Conv2dLayerOptions = {},
  ) {
    super();
    const { bias = true, ...rest } = checkOptions("Conv2d", options, optionNames, arguments, 3);
    const [R, S] = resolvePair("Conv2d", "kernelSize", kernelSize, 1);
    const { groups = 1, padding = 0, stride = 1 } = rest;
    checkChannelCounts("Conv2d", { inChannels, outChannels }, groups);
    checkPaddingName("Conv2d", padding, stride);
    const fanIn = (inChannels / groups) * R * S;
    this.options = rest;
    this.weight = uniformParameter([outChannels, inChannels / groups, R, S], fanIn);
    this.bias = bias ? uniformParameter([outChannels], fanIn) : null;
  }

  forward(x: Tensor): Tensor {
    return conv2d(x, this.weight, this.bias, this.options);
  }
  override extraRepr(): string {
    const named = listOptions({ kernelSize: this.kernelSize, ...this.options });
    return [this.inChannels, this.outChannels, named, ...(this.bias ? [] : ["bias=false"])].join(", ");
  }
}
