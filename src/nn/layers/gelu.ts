import { gelu, geluOptions, type GeluOptions } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/**
 * x times the probability that a standard normal number is below x. Shape: as the input.
 * @param options approximate: "none" (default) or "tanh"
 * @see Hendrycks & Gimpel 2016, arXiv:1606.08415; torch.nn.GELU
 */
export class GELU extends Module {
  constructor(readonly options: GeluOptions = {}) {
    super();
    checkOptions("GELU", options, geluOptions, arguments, 0);
  }
  forward(x: Tensor): Tensor {
    return gelu(x, this.options);
  }
  override extraRepr(): string {
    return Object.entries(this.options)
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join(", ");
  }
}
