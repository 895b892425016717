import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { binary } from "./binary";
import { checkReduction, checkSameShape, reduceLoss, type LossOptions } from "./geometry/reduction";
import { unary } from "./unary";

export const l1LossOptions: OptionNames<LossOptions> = { reduction: true };

/**
 * The mean of |input - target|. Shapes: both the same -> scalar, or as they are with reduction "none".
 * @throws ShapeError if the shapes differ
 * @see torch.nn.functional.l1_loss
 * @example F.l1Loss(tensor([1, 2]), tensor([1, 5])); // 1.5
 */
export function l1Loss(input: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  const { reduction = "mean" } = checkOptions("l1Loss", options, l1LossOptions, arguments, 2);
  checkSameShape("l1Loss", input, target);
  checkReduction("l1Loss", reduction);
  return reduceLoss(unary("abs", binary("sub", input, target)), reduction);
}
