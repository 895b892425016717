import { convTranspose2d, type ConvTranspose2dOptions, type Pair } from "../../ops";
import { resolvePair } from "../../ops/geometry/window";
import { checkOptions, type OptionNames } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { uniformParameter } from "../firstWeights";
import { Module } from "../module";
import type { Parameter } from "../parameter";
import { checkChannelCounts, listOptions } from "./shared";

export interface ConvTranspose2dLayerOptions extends ConvTranspose2dOptions {
  /** Whether a number a channel of the result is added; default true. */
  bias?: boolean;
}
const optionNames: OptionNames<ConvTranspose2dLayerOptions> = {
  stride: true,
  padding: true,
  outputPadding: true,
  groups: true,
  bias: true,
  dilation: true,
};

/**
 * Enlarges images: every pixel adds the filters, times its own value, to the result. Shapes: [N,Cin,H,W] ->
 * [N,Cout,P,Q], see F.convTranspose2d; weight [Cin,Cout/groups,R,S], bias [Cout].
 * @param kernelSize filter size in pixels, one number or [vertical, horizontal]
 * @param options    stride, padding, outputPadding, dilation, groups and bias
 * @throws ShapeError if groups do not divide both channel counts
 * @see torch.nn.ConvTranspose2d
 * @example
 * const up = new nn.ConvTranspose2d(16, 8, 2, { stride: 2 });
 * const y = up(zeros([1, 16, 7, 7])); // y.shape is [1, 8, 14, 14]
 */
export class ConvTranspose2d extends Module {
  weight: Parameter;
  bias: Parameter | null;
  private readonly options: ConvTranspose2dOptions;

  constructor(
    readonly inChannels: number,
    readonly outChannels: number,
    readonly kernelSize: Pair,
    options: ConvTranspose2dLayerOptions = {},
  ) {
    super();
    const { bias = true, ...rest } = checkOptions("ConvTranspose2d", options, optionNames, arguments, 3);
    const [R, S] = resolvePair("ConvTranspose2d", "kernelSize", kernelSize, 1);
    const { groups = 1 } = rest;
    checkChannelCounts("ConvTranspose2d", { inChannels, outChannels }, groups);
    // PyTorch counts the weight's second dimension as what one output sums over, here as in Conv2d.
    const fanIn = (outChannels / groups) * R * S;
    this.options = rest;
    this.weight = uniformParameter([inChannels, outChannels / groups, R, S], fanIn);
    this.bias = bias ? uniformParameter([outChannels], fanIn) : null;
  }

  forward(x: Tensor): Tensor {
    return convTranspose2d(x, this.weight, this.bias, this.options);
  }
  override extraRepr(): string {
    const named = listOptions({ kernelSize: this.kernelSize, ...this.options });
    return [this.inChannels, this.outChannels, named, ...(this.bias ? [] : ["bias=false"])].join(", ");
  }
}
