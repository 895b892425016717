import { leakyRelu, leakyReluOptions, type LeakyReluOptions } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/**
 * x where it is positive, negativeSlope times x elsewhere. Shape: as the input.
 * @param options negativeSlope: default 0.01
 * @see Maas et al. 2013; torch.nn.LeakyReLU
 */
export class LeakyReLU extends Module {
  constructor(readonly options: LeakyReluOptions = {}) {
    super();
    checkOptions("LeakyReLU", options, leakyReluOptions, arguments, 0);
  }
  forward(x: Tensor): Tensor {
    return leakyRelu(x, this.options);
  }
  override extraRepr(): string {
    return Object.entries(this.options)
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join(", ");
  }
}
