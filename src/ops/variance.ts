import { isFloat } from "../devices/device";
import { DTypeError } from "../errors";
import { checkOptions, type OptionNames } from "../options";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { mean, sum, type ReduceOptions } from "./reduce";
import { unary } from "./unary";

export interface VarianceOptions extends ReduceOptions {
  /** Taken from the count before dividing; default 1 (Bessel's correction), 0 for the biased variance. */
  correction?: number;
}
export const varianceOptions: OptionNames<VarianceOptions> = { correction: true, keepdim: true };

function spreadOf(caller: string, x: Tensor, dim: number | number[] | undefined, options: VarianceOptions): Tensor {
  if (!isFloat(x.dtype))
    throw new DTypeError(
      `${caller}: takes a float tensor, got ${x.dtype} (input ${showShape(x.shape)}). Create it with { dtype: "float32" }.`,
    );
  const { correction = 1, keepdim = false } = options;
  // Deviations from the mean, not mean(x^2) - mean(x)^2, which loses all digits where the mean is large.
  const deviation = x.sub(mean(x, dim, { keepdim: true }));
  const total = sum(deviation.mul(deviation), dim, { keepdim });
  const count = x.numel() / Math.max(1, total.numel());
  return total.div(Math.max(0, count - correction));
}

/**
 * The variance over `dim`, over several dimensions, or over everything; NaN where there is one number only.
 * @param options.correction default 1; see VarianceOptions
 * @throws DTypeError for integers
 * @see torch.var
 */
export function variance(x: Tensor, dim?: number | number[], options: VarianceOptions = {}): Tensor {
  checkOptions("var", options, varianceOptions, arguments, 2);
  return spreadOf("var", x, dim, options);
}

/** The standard deviation: the square root of the variance. @throws DTypeError for integers @see torch.std */
export function std(x: Tensor, dim?: number | number[], options: VarianceOptions = {}): Tensor {
  checkOptions("std", options, varianceOptions, arguments, 2);
  return unary("spread", spreadOf("std", x, dim, options));
}
