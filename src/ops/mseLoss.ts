import { checkOptions } from "../options";
import type { Tensor } from "../tensor/tensor";
import { binary } from "./binary";
import { checkReduction, checkSameShape, type LossOptions, lossOptions, reduceLoss } from "./geometry/reduction";

/**
 * The mean of (input - target)^2. Shapes: both the same -> scalar, or as they are with reduction "none".
 * @throws ShapeError if the shapes differ
 * @see torch.nn.functional.mse_loss
 * @example F.mseLoss(tensor([1, 2]), tensor([1, 5])); // 4.5
 */
export function mseLoss(input: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  const { reduction = "mean" } = checkOptions("mseLoss", options, lossOptions, arguments, 2);
  checkSameShape("mseLoss", input, target);
  checkReduction("mseLoss", reduction);
  const difference = binary("sub", input, target);
  return reduceLoss(binary("mul", difference, difference), reduction);
}
