import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { unary } from "./unary";

export interface LeakyReluOptions {
  /** Slope below 0; default 0.01. */
  negativeSlope?: number;
}
export const leakyReluOptions: OptionNames<LeakyReluOptions> = { negativeSlope: true };

/**
 * x where it is positive, negativeSlope times x elsewhere. Shape: as x.
 * @see Maas et al. 2013; torch.nn.functional.leaky_relu
 */
export function leakyRelu(x: Tensor, options: LeakyReluOptions = {}): Tensor {
  const { negativeSlope = 0.01 } = checkOptions("leakyRelu", options, leakyReluOptions, arguments, 1);
  return unary("leakyRelu", x, negativeSlope);
}
