import { checkOptions } from "../options";
import type { Tensor } from "../tensor/tensor";
import { binary } from "./binary";
import { cast } from "./cast";
import { type ReduceOptions, reduceOptions, sum } from "./reduce";

/**
 * Whether any element over `dim`, over several dimensions, or over everything is other than 0, as bool.
 * @see torch.any
 */
export function any(x: Tensor, dim?: number | number[], options: ReduceOptions = {}): Tensor {
  checkOptions("any", options, reduceOptions, arguments, 2);
  return binary("gt", sum(cast(x, "bool"), dim, options), 0);
}
