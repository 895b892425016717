import { show } from "../../arguments";
import { ShapeError } from "../../errors";
import { linear } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { uniformParameter } from "../firstWeights";
import { Module } from "../module";
import type { Parameter } from "../parameter";

/**
 * A fully connected layer: x times the transposed weight, plus the bias. Shapes: [...,in] -> [...,out]; weight
 * [out,in], bias [out].
 * @throws ShapeError if a count is not a whole number >= 1
 * @see torch.nn.Linear
 */
export class Linear extends Module {
  weight: Parameter;
  bias: Parameter | null;

  constructor(
    readonly inFeatures: number,
    readonly outFeatures: number,
    options: { bias?: boolean } = {},
  ) {
    super();
    const { bias = true } = checkOptions("Linear", options, { bias: true }, arguments, 2);
    for (const [name, count] of Object.entries({ inFeatures, outFeatures }))
      if (!Number.isInteger(count) || count < 1)
        throw new ShapeError(`Linear: ${name} must be a whole number >= 1, got ${show(count)}.`);
    this.weight = uniformParameter([outFeatures, inFeatures], inFeatures);
    this.bias = bias ? uniformParameter([outFeatures], inFeatures) : null;
  }

  forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias);
  }
  override extraRepr(): string {
    return `${this.inFeatures}, ${this.outFeatures}${this.bias ? "" : ", bias=false"}`;
  }
}
