import { softplus, softplusOptions, type SoftplusOptions } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/**
 * log(1 + exp(beta * x)) / beta, a smooth max(x, 0). Shape: as the input.
 * @param options beta: default 1; threshold, where beta * x is larger the result is x itself: default 20
 * @see torch.nn.Softplus
 */
export class Softplus extends Module {
  constructor(readonly options: SoftplusOptions = {}) {
    super();
    checkOptions("Softplus", options, softplusOptions, arguments, 0);
  }
  forward(x: Tensor): Tensor {
    return softplus(x, this.options);
  }
  override extraRepr(): string {
    const { beta = 1, threshold = 20 } = this.options;
    return `beta=${beta}, threshold=${threshold}`;
  }
}
