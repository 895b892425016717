import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { unary } from "./unary";

export interface HardtanhOptions {
  /** The lower bound; default -1. */
  minVal?: number;
  /** The upper bound; default 1. */
  maxVal?: number;
}
export const hardtanhOptions: OptionNames<HardtanhOptions> = { minVal: true, maxVal: true };

/**
 * x held between minVal and maxVal; at the bounds and outside nothing is learned. Shape: as x.
 * @throws RangeError if minVal is above maxVal
 * @see torch.nn.functional.hardtanh
 * @example F.hardtanh(tensor([-2, 0.5, 2])); // [-1, 0.5, 1]
 */
export function hardtanh(x: Tensor, options: HardtanhOptions = {}): Tensor {
  const { minVal = -1, maxVal = 1 } = checkOptions("hardtanh", options, hardtanhOptions, arguments, 1);
  if (!(minVal <= maxVal))
    throw new RangeError(`hardtanh: minVal must be <= maxVal, got ${minVal} and ${maxVal}. Exchange them.`);
  return unary("hardtanh", x, minVal, maxVal);
}
