import { binaryCrossEntropyWithLogits, type BCEWithLogitsOptions } from "../../ops";
import type { Tensor } from "../../tensor/tensor";
import { Loss } from "./loss";

/** Binary cross-entropy of sigmoid(input) against targets from 0 to 1. Shapes: both the same. @see torch.nn.BCEWithLogitsLoss */
export class BCEWithLogitsLoss extends Loss<BCEWithLogitsOptions> {
  forward(input: Tensor, target: Tensor): Tensor {
    return binaryCrossEntropyWithLogits(input, target, this.optionsFor(input));
  }
}
