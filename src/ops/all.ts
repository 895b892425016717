import { checkOptions } from "../options";
import type { Tensor } from "../tensor/tensor";
import { binary } from "./binary";
import { cast } from "./cast";
import { type ReduceOptions, reduceOptions, sum } from "./reduce";
import { unary } from "./unary";

/**
 * Whether all elements over `dim`, over several dimensions, or over everything are other than 0, as bool.
 * @see torch.all
 */
export function all(x: Tensor, dim?: number | number[], options: ReduceOptions = {}): Tensor {
  checkOptions("all", options, reduceOptions, arguments, 2);
  return binary("eq", sum(unary("logicalNot", cast(x, "bool")), dim, options), 0);
}
