/** Whether any, or all, of some elements are other than 0; NaN is. Of no elements none is, and all are. */
import { checkOptions } from "../options";
import type { Tensor } from "../tensor/tensor";
import { binary } from "./binary";
import { cast } from "./cast";
import { type ReduceOptions, reduceOptions, sum } from "./reduce";
import { unary } from "./unary";

/**
 * Whether any element over `dim`, over several dimensions, or over everything is other than 0, as bool.
 * @see torch.any
 */
export function any(x: Tensor, dim?: number | number[], options: ReduceOptions = {}): Tensor {
  checkOptions("any", options, reduceOptions, arguments, 2);
  return binary("gt", sum(cast(x, "bool"), dim, options), 0);
}

/**
 * Whether all elements over `dim`, over several dimensions, or over everything are other than 0, as bool.
 * @see torch.all
 */
export function all(x: Tensor, dim?: number | number[], options: ReduceOptions = {}): Tensor {
  checkOptions("all", options, reduceOptions, arguments, 2);
  return binary("eq", sum(unary("logicalNot", cast(x, "bool")), dim, options), 0);
}
