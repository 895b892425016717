import { convTranspose1d, type ConvTranspose1dOptions } from "../../ops";
import { resolveLength } from "../../ops/geometry/window";
import { checkOptions, type OptionNames } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { uniformParameter } from "../firstWeights";
import { Module } from "../module";
import type { Parameter } from "../parameter";
import { checkChannelCounts, listOptions } from "./shared";

export interface ConvTranspose1dLayerOptions extends ConvTranspose1dOptions {
  /** Whether a number a channel of the result is added; default true. */
  bias?: boolean;
}
const optionNames: OptionNames<ConvTranspose1dLayerOptions> = {
  stride: true,
  padding: true,
  outputPadding: true,
  groups: true,
  bias: true,
  dilation: true,
};

/**
 * Makes lines longer: every element adds the filters, times its own value, to the result. Shapes: [N,Cin,L] -> [N,Cout,Q], see
 * F.convTranspose1d; weight [Cin,Cout/groups,S], bias [Cout].
 * @param kernelSize filter size in elements
 * @param options    stride, padding, outputPadding, groups, bias and dilation
 * @throws ShapeError if groups do not divide both channel counts
 * @see torch.nn.ConvTranspose1d
 * @example
 * const up = new nn.ConvTranspose1d(16, 8, 2, { stride: 2 });
 * const y = up(zeros([1, 16, 7])); // y.shape is [1, 8, 14]
 */
export class ConvTranspose1d extends Module {
  weight: Parameter;
  bias: Parameter | null;
  private readonly options: ConvTranspose1dOptions;

  constructor(
    readonly inChannels: number,
    readonly outChannels: number,
    readonly kernelSize: number,
    options: ConvTranspose1dLayerOptions = {},
  ) {
    super();
    const { bias = true, ...rest } = checkOptions("ConvTranspose1d", options, optionNames, arguments, 3);
    const S = resolveLength("ConvTranspose1d", "kernelSize", kernelSize, 1);
    const { groups = 1 } = rest;
    checkChannelCounts("ConvTranspose1d", { inChannels, outChannels }, groups);
    // PyTorch counts the weight's second dimension as what one output sums over, here as in Conv1d.
    const fanIn = (outChannels / groups) * S;
    this.options = rest;
    this.weight = uniformParameter([inChannels, outChannels / groups, S], fanIn);
    this.bias = bias ? uniformParameter([outChannels], fanIn) : null;
  }

  forward(x: Tensor): Tensor {
    return convTranspose1d(x, this.weight, this.bias, this.options);
  }
  override extraRepr(): string {
    const named = listOptions({ kernelSize: this.kernelSize, ...this.options });
    return [this.inChannels, this.outChannels, named, ...(this.bias ? [] : ["bias=false"])].join(", ");
  }
}
