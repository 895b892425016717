import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { unary } from "./unary";

export interface CeluOptions {
  /** Minus the value far below 0; default 1. */
  alpha?: number;
}
export const celuOptions: OptionNames<CeluOptions> = { alpha: true };

/**
 * x where it is positive, alpha * (exp(x / alpha) - 1) elsewhere: an ELU without a corner at 0. Shape: as x.
 * @throws RangeError if alpha is 0
 * @see Barron 2017, arXiv:1704.07483; torch.nn.functional.celu
 */
export function celu(x: Tensor, options: CeluOptions = {}): Tensor {
  const { alpha = 1 } = checkOptions("celu", options, celuOptions, arguments, 1);
  if (alpha === 0) throw new RangeError(`celu: alpha divides x, got 0. The default is 1.`);
  return unary("celu", x, alpha);
}
