import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { binary } from "./binary";
import { checkReduction, checkSameShape, reduceLoss, type LossOptions } from "./geometry/reduction";
import { unary } from "./unary";

export interface BCEWithLogitsOptions extends LossOptions {
  /** How much each element counts; broadcast to the input. Default: all 1. */
  weight?: Tensor;
  /** How much more a positive target counts, to balance rare classes; broadcast to the input. Default: all 1. */
  posWeight?: Tensor;
}
export const bceWithLogitsOptions: OptionNames<BCEWithLogitsOptions> = {
  weight: true,
  reduction: true,
  posWeight: true,
};

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
  options: BCEWithLogitsOptions = {},
): Tensor {
  const {
    weight,
    posWeight,
    reduction = "mean",
  } = checkOptions("binaryCrossEntropyWithLogits", options, bceWithLogitsOptions, arguments, 2);
  checkSameShape("binaryCrossEntropyWithLogits", input, target);
  checkReduction("binaryCrossEntropyWithLogits", reduction);
  const loss = posWeight ? weighted(input, target, posWeight) : binary("bceWithLogits", input, target);
  return reduceLoss(weight ? loss.mul(weight) : loss, reduction);
}

/** -(t * log s(x) * posWeight + (1-t) * log s(-x)), with log s(-x) = log s(x) - x. */
function weighted(input: Tensor, target: Tensor, posWeight: Tensor): Tensor {
  const no = target.neg().add(1);
  const counts = target.mul(posWeight).add(no);
  return no.mul(input).sub(unary("logSigmoid", input).mul(counts));
}
