import { show } from "../../arguments";
import { ShapeError } from "../../errors";
import { prelu } from "../../ops";
import { checkOptions, type OptionNames } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { constantParameter } from "../firstWeights";
import { Module } from "../module";
import type { Parameter } from "../parameter";

export interface PReLUOptions {
  /** How many slopes are learned: 1 for all numbers, or one a channel; default 1. */
  numParameters?: number;
  /** The slopes before training; default 0.25. */
  init?: number;
}
const optionNames: OptionNames<PReLUOptions> = { numParameters: true, init: true };

/**
 * x where it is positive, weight * x elsewhere, where the weight is learned. Shape: [N,C,...], as the input.
 * @param options numParameters: 1 (default), or C for a slope a channel; init: default 0.25
 * @throws ShapeError if numParameters is no whole number >= 1, or does not fit the input's channels
 * @see He et al. 2015, arXiv:1502.01852; torch.nn.PReLU
 * @example
 * const layer = new nn.PReLU();
 * console.log(await layer(tensor([-1, 1])).tolist()); // [-0.25, 1]
 */
export class PReLU extends Module {
  weight: Parameter;
  readonly numParameters: number;

  constructor(options: PReLUOptions = {}) {
    super();
    const { numParameters = 1, init = 0.25 } = checkOptions("PReLU", options, optionNames, arguments, 0);
    if (!Number.isInteger(numParameters) || numParameters < 1)
      throw new ShapeError(
        `PReLU: numParameters must be a whole number >= 1, got ${show(numParameters)}. Give the number of channels.`,
      );
    this.numParameters = numParameters;
    this.weight = constantParameter([numParameters], init);
  }
  forward(x: Tensor): Tensor {
    return prelu(x, this.weight);
  }
  override extraRepr(): string {
    return `numParameters=${this.numParameters}`;
  }
}
