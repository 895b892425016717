import { conv1d, type Conv1dOptions } from "../../ops";
import { checkPaddingName } from "../../ops/conv2d/geometry";
import { resolveLength } from "../../ops/geometry/window";
import { checkOptions, type OptionNames } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { uniformParameter } from "../firstWeights";
import { Module } from "../module";
import type { Parameter } from "../parameter";
import { checkChannelCounts, listOptions } from "./shared";

export interface Conv1dLayerOptions extends Conv1dOptions {
  /** Whether a number a filter is added; default true. */
  bias?: boolean;
}
const optionNames: OptionNames<Conv1dLayerOptions> = {
  stride: true,
  padding: true,
  dilation: true,
  groups: true,
  bias: true,
};

/**
 * Slides `outChannels` filters along lines. Shapes: [N,C,L] -> [N,K,Q]; weight [K,C/groups,S], bias [K].
 * @param kernelSize filter size in elements
 * @param options    stride, padding (a number, "same" or "valid"), dilation, groups and bias, as in F.conv1d
 * @throws ShapeError if groups do not divide both channel counts, or padding "same" meets a stride other than 1
 * @see torch.nn.Conv1d
 */
export class Conv1d extends Module {
  weight: Parameter;
  bias: Parameter | null;
  readonly options: Conv1dOptions;

  constructor(
    readonly inChannels: number,
    readonly outChannels: number,
    readonly kernelSize: number,
    options: Conv1dLayerOptions = {},
  ) {
    super();
    const { bias = true, ...rest } = checkOptions("Conv1d", options, optionNames, arguments, 3);
    const S = resolveLength("Conv1d", "kernelSize", kernelSize, 1);
    const { groups = 1, padding = 0, stride = 1 } = rest;
    checkChannelCounts("Conv1d", { inChannels, outChannels }, groups);
    checkPaddingName("Conv1d", padding, stride);
    const fanIn = (inChannels / groups) * S;
    this.options = rest;
    this.weight = uniformParameter([outChannels, inChannels / groups, S], fanIn);
    this.bias = bias ? uniformParameter([outChannels], fanIn) : null;
  }

  forward(x: Tensor): Tensor {
    return conv1d(x, this.weight, this.bias, this.options);
  }
  override extraRepr(): string {
    const named = listOptions({ kernelSize: this.kernelSize, ...this.options });
    return [this.inChannels, this.outChannels, named, ...(this.bias ? [] : ["bias=false"])].join(", ");
  }
}
