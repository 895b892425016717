import { binaryCrossEntropy, binaryCrossEntropyOptions, type BinaryCrossEntropyOptions } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Loss } from "./loss";

/** Binary cross-entropy of probabilities against targets from 0 to 1. Shapes: both the same. @see torch.nn.BCELoss */
export class BCELoss extends Loss<BinaryCrossEntropyOptions> {
  constructor(options: BinaryCrossEntropyOptions = {}) {
    super(checkOptions("BCELoss", options, binaryCrossEntropyOptions, arguments, 0));
  }
  forward(input: Tensor, target: Tensor): Tensor {
    return binaryCrossEntropy(input, target, this.optionsFor(input));
  }
}
