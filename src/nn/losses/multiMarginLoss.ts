import { multiMarginLoss, multiMarginLossOptions, type MultiMarginLossOptions } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Loss } from "./loss";

/** The multiclass hinge loss of scores [N,C] against class indices [N] int32. @see torch.nn.MultiMarginLoss */
export class MultiMarginLoss extends Loss<MultiMarginLossOptions> {
  constructor(options: MultiMarginLossOptions = {}) {
    super(checkOptions("MultiMarginLoss", options, multiMarginLossOptions, arguments, 0));
  }
  forward(input: Tensor, target: Tensor): Tensor {
    return multiMarginLoss(input, target, this.optionsFor(input));
  }
}
