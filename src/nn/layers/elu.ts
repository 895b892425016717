import { elu, eluOptions, type EluOptions } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/**
 * x where it is positive, alpha * (exp(x) - 1) elsewhere. Shape: as the input.
 * @param options alpha: default 1
 * @see Clevert et al. 2015, arXiv:1511.07289; torch.nn.ELU
 */
export class ELU extends Module {
  constructor(readonly options: EluOptions = {}) {
    super();
    checkOptions("ELU", options, eluOptions, arguments, 0);
  }
  forward(x: Tensor): Tensor {
    return elu(x, this.options);
  }
  override extraRepr(): string {
    return Object.entries(this.options)
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join(", ");
  }
}
