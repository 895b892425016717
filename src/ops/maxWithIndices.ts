/** The extreme values of a dimension with their positions: what torch.max(x, dim) gives. */
import { checkOptions } from "../options";
import type { Tensor } from "../tensor/tensor";
import type { ValuesAndIndices } from "./argsort";
import { argmax, argmin, max, min, type ReduceOptions, reduceOptions } from "./reduce";

const positions = (x: Tensor, dim: number, options: ReduceOptions, find: typeof argmax): Tensor =>
  find(x.dtype === "bool" ? x.int() : x, dim, options);

/**
 * The largest values over `dim`, and where they are (int32); of equals the first, to which the gradient goes.
 * @see torch.max
 * @example
 * const { values, indices } = tensor([[1, 3], [4, 2]]).maxWithIndices(1); // [3, 4] and [1, 0]
 */
export function maxWithIndices(x: Tensor, dim: number, options: ReduceOptions = {}): ValuesAndIndices {
  checkOptions("maxWithIndices", options, reduceOptions, arguments, 2);
  return { values: max(x, dim, options), indices: positions(x, dim, options, argmax) };
}

/** The smallest values over `dim`, and where they are (int32); of equals the first. @see torch.min */
export function minWithIndices(x: Tensor, dim: number, options: ReduceOptions = {}): ValuesAndIndices {
  checkOptions("minWithIndices", options, reduceOptions, arguments, 2);
  return { values: min(x, dim, options), indices: positions(x, dim, options, argmin) };
}
