import { DTypeError } from "../../errors";
import type { Tensor } from "../../tensor/tensor";
import type { CrossEntropyOptions } from ".";
import { reduceLoss } from "../geometry/reduction";
import { logSoftmax } from "../softmax";

/**
 * @internal The cross-entropy against probabilities of the classes instead of one class: the sum over the classes of
 * -target * log softmax(logits). Shapes: both [N,C,...] or [C] -> as crossEntropy.
 */
export function softCrossEntropy(logits: Tensor, target: Tensor, options: CrossEntropyOptions): Tensor {
  const { weight, labelSmoothing = 0, reduction = "mean" } = options;
  if (options.ignoreIndex !== undefined)
    throw new DTypeError(
      `crossEntropy: ignoreIndex needs int32 class indices, got ${target.dtype} probabilities as target. Leave it out.`,
    );
  const dim = logits.shape.length === 1 ? 0 : 1;
  const classes = logits.shape[dim];
  const truth = labelSmoothing ? target.mul(1 - labelSmoothing).add(labelSmoothing / classes) : target;
  const weighed = weight ? truth.mul(weight.reshape(classes, ...logits.shape.slice(2).map(() => 1))) : truth;
  return reduceLoss(weighed.mul(logSoftmax(logits, dim)).sum(dim).neg(), reduction);
}
