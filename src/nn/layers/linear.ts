import { linear } from "../../ops";
import type { Tensor } from "../../tensor/tensor";
import { uniformParameter } from "../init";
import { Module } from "../module";
import type { Parameter } from "../parameter";

/**
 * A fully connected layer: x times the transposed weight, plus the bias. Shapes: [...,in] -> [...,out]; weight
 * [out,in], bias [out].
 * @see torch.nn.Linear
 */
export class Linear extends Module {
  weight: Parameter;
  bias: Parameter | null;

  constructor(
    readonly inFeatures: number,
    readonly outFeatures: number,
    { bias = true }: { bias?: boolean } = {},
  ) {
    super();
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
