import { binaryCrossEntropyWithLogits, bceWithLogitsOptions, type BCEWithLogitsOptions } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Loss } from "./loss";

/** Binary cross-entropy of sigmoid(input) against targets from 0 to 1. Shapes: both the same. @see torch.nn.BCEWithLogitsLoss */
export class BCEWithLogitsLoss extends Loss<BCEWithLogitsOptions> {
  constructor(options: BCEWithLogitsOptions = {}) {
    super(checkOptions("BCEWithLogitsLoss", options, bceWithLogitsOptions, arguments, 0));
  }
  forward(input: Tensor, target: Tensor): Tensor {
    return binaryCrossEntropyWithLogits(input, target, this.optionsFor(input));
  }
}
