import { show } from "../../arguments";
import { ShapeError } from "../../errors";
import { groupNorm } from "../../ops";
import { checkOptions, type OptionNames } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { constantParameter } from "../firstWeights";
import { Module } from "../module";
import type { Parameter } from "../parameter";

export interface GroupNormLayerOptions {
  /** Added to the variance; default 1e-5. */
  eps?: number;
  /** Whether each channel has a trained weight and bias; default true. */
  affine?: boolean;
  /** Whether an affine layer has a bias; default true. */
  bias?: boolean;
}
const optionNames: OptionNames<GroupNormLayerOptions> = { eps: true, affine: true, bias: true };

/**
 * Normalises each group of channels of each image to mean 0 and variance 1, then scales and shifts each channel; the same
 * in training and evaluation, for batches of any size. Shapes: [N,C,...] -> same.
 * @param numGroups a divisor of numChannels
 * @param numChannels C
 * @throws ShapeError if the channels do not make groups of one size, or the input has others
 * @see Wu & He 2018, arXiv:1803.08494; torch.nn.GroupNorm
 * @example
 * const norm = new nn.GroupNorm(2, 6); // two groups of three channels
 * norm(randn([1, 6, 8, 8]));
 */
export class GroupNorm extends Module {
  weight: Parameter | null;
  bias: Parameter | null;
  private readonly settings: Required<GroupNormLayerOptions>;

  constructor(
    readonly numGroups: number,
    readonly numChannels: number,
    options: GroupNormLayerOptions = {},
  ) {
    super();
    const { eps = 1e-5, affine = true, bias = true } = checkOptions("GroupNorm", options, optionNames, arguments, 2);
    for (const [name, count] of Object.entries({ numGroups, numChannels }))
      if (!Number.isInteger(count) || count < 1)
        throw new ShapeError(`GroupNorm: ${name} must be a whole number >= 1, got ${show(count)}.`);
    if (numChannels % numGroups !== 0)
      throw new ShapeError(
        `GroupNorm: ${numChannels} channels do not make ${numGroups} groups of one size. ` +
          `Choose a divisor of ${numChannels}.`,
      );
    this.settings = { eps, affine, bias };
    this.weight = affine ? constantParameter([numChannels], 1) : null;
    this.bias = affine && bias ? constantParameter([numChannels], 0) : null;
  }

  forward(x: Tensor): Tensor {
    const { weight, bias } = this;
    return groupNorm(x, this.numGroups, { weight, bias, eps: this.settings.eps });
  }
  override extraRepr(): string {
    const { eps, affine, bias } = this.settings;
    const rest = affine && !bias ? ", bias=false" : "";
    return `${this.numGroups}, ${this.numChannels}, eps=${eps}, affine=${affine}${rest}`;
  }
}
