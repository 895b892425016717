import type { Tensor } from "../tensor/tensor";
import { checkReduction, checkSameShape, reduceLoss, type LossOptions } from "./reduction";
import { unary } from "./unary";

export interface BCEWithLogitsOptions extends LossOptions {
  /** How much each element counts; broadcast to the input. Default: all 1. */
  weight?: Tensor;
  /** How much more a positive target counts, to balance rare classes; broadcast to the input. Default: all 1. */
  posWeight?: Tensor;
}

/**
 * The cross-entropy of sigmoid(input) against targets from 0 to 1, each element a question of yes or no, averaged over
 * all; finite for every logit. Shapes: both the same -> scalar, or as they are with reduction "none".
 * @throws ShapeError if the shapes differ
 * @see torch.nn.functional.binary_cross_entropy_with_logits
 * @example F.binaryCrossEntropyWithLogits(tensor([0, 1000]), tensor([1, 1])); // ln(2) / 2
 */
export function binaryCrossEntropyWithLogits(
  input: Tensor,
  target: Tensor,
  { weight, posWeight, reduction = "mean" }: BCEWithLogitsOptions = {},
): Tensor {
  checkSameShape("binaryCrossEntropyWithLogits", input, target);
  checkReduction("binaryCrossEntropyWithLogits", reduction);
  // -(t * log s(x) * posWeight + (1-t) * log s(-x)), with log s(-x) = log s(x) - x
  const no = target.neg().add(1);
  const counts = posWeight ? target.mul(posWeight).add(no) : null;
  const logYes = unary("logSigmoid", input);
  const loss = no.mul(input).sub(counts ? logYes.mul(counts) : logYes);
  return reduceLoss(weight ? loss.mul(weight) : loss, reduction);
}
