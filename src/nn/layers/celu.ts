import { celu, celuOptions, type CeluOptions } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/**
 * x where it is positive, alpha * (exp(x / alpha) - 1) elsewhere. Shape: as the input.
 * @param options alpha: default 1
 * @throws RangeError if alpha is 0
 * @see Barron 2017, arXiv:1704.07483; torch.nn.CELU
 */
export class CELU extends Module {
  constructor(readonly options: CeluOptions = {}) {
    super();
    checkOptions("CELU", options, celuOptions, arguments, 0);
  }
  forward(x: Tensor): Tensor {
    return celu(x, this.options);
  }
  override extraRepr(): string {
    return `alpha=${this.options.alpha ?? 1}`;
  }
}
