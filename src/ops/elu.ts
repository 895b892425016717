import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { unary } from "./unary";

export interface EluOptions {
  /** Minus the value far below 0; default 1. */
  alpha?: number;
}
export const eluOptions: OptionNames<EluOptions> = { alpha: true };

/**
 * x where it is positive, alpha * (exp(x) - 1) elsewhere. Shape: as x.
 * @see Clevert et al. 2015, arXiv:1511.07289; torch.nn.functional.elu
 */
export function elu(x: Tensor, options: EluOptions = {}): Tensor {
  const { alpha = 1 } = checkOptions("elu", options, eluOptions, arguments, 1);
  return unary("elu", x, alpha);
}
