import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { unary } from "./unary";

export interface SoftplusOptions {
  /** How sharp the bend at 0 is; default 1. */
  beta?: number;
  /** Where beta * x is larger the result is x itself; default 20. */
  threshold?: number;
}

export const softplusOptions: OptionNames<SoftplusOptions> = { beta: true, threshold: true };

/**
 * log(1 + exp(beta * x)) / beta, a smooth max(x, 0). Shape: as x.
 * @see torch.nn.functional.softplus
 */
export function softplus(x: Tensor, options: SoftplusOptions = {}): Tensor {
  const { beta = 1, threshold = 20 } = checkOptions("softplus", options, softplusOptions, arguments, 1);
  return unary("softplus", x, beta, threshold);
}
