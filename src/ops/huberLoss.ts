import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { binary } from "./binary";
import { checkReduction, checkSameShape, reduceLoss, type LossOptions } from "./geometry/reduction";
import { unary } from "./unary";

export interface HuberLossOptions extends LossOptions {
  /** Differences above it count linearly; default 1. */
  delta?: number;
}
export const huberLossOptions: OptionNames<HuberLossOptions> = { reduction: true, delta: true };

/**
 * Half the square of a difference up to delta, delta * (|difference| - delta/2) above: an outlier pulls no harder than
 * delta. Shapes: both the same -> scalar, or as they are with reduction "none".
 * @throws ShapeError if the shapes differ; RangeError unless delta is above 0
 * @see Huber 1964; torch.nn.functional.huber_loss
 * @example F.huberLoss(tensor([1, 2]), tensor([1, 5])); // (0 + 2.5) / 2
 */
export function huberLoss(input: Tensor, target: Tensor, options: HuberLossOptions = {}): Tensor {
  const { reduction = "mean", delta = 1 } = checkOptions("huberLoss", options, huberLossOptions, arguments, 2);
  checkSameShape("huberLoss", input, target);
  checkReduction("huberLoss", reduction);
  if (!(delta > 0)) throw new RangeError(`huberLoss: delta must be > 0, got ${delta}. The default is 1.`);
  return reduceLoss(unary("huber", binary("sub", input, target), delta), reduction);
}
