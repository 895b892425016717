import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { binary } from "./binary";
import { checkReduction, checkSameShape, reduceLoss, type LossOptions } from "./geometry/reduction";
import { unary } from "./unary";

export interface SmoothL1LossOptions extends LossOptions {
  /** Differences below it count as squares, with beta in the denominator; 0 makes it l1Loss. Default 1. */
  beta?: number;
}
export const smoothL1LossOptions: OptionNames<SmoothL1LossOptions> = { reduction: true, beta: true };

/**
 * |difference| - beta/2, and below beta difference^2 / (2 * beta), so that there is no corner at 0: Huber's loss divided
 * by beta. Shapes: both the same -> scalar, or as they are with reduction "none".
 * @throws ShapeError if the shapes differ; RangeError for a negative beta
 * @see Girshick 2015, arXiv:1504.08083; torch.nn.functional.smooth_l1_loss
 * @example F.smoothL1Loss(tensor([1, 2]), tensor([1, 5])); // (0 + 2.5) / 2
 */
export function smoothL1Loss(input: Tensor, target: Tensor, options: SmoothL1LossOptions = {}): Tensor {
  const { reduction = "mean", beta = 1 } = checkOptions("smoothL1Loss", options, smoothL1LossOptions, arguments, 2);
  checkSameShape("smoothL1Loss", input, target);
  checkReduction("smoothL1Loss", reduction);
  if (!(beta >= 0)) throw new RangeError(`smoothL1Loss: beta must be >= 0, got ${beta}. The default is 1.`);
  const difference = binary("sub", input, target);
  const loss = beta === 0 ? unary("abs", difference) : unary("huber", difference, beta).div(beta);
  return reduceLoss(loss, reduction);
}
