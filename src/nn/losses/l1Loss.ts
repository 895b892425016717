import { l1Loss, l1LossOptions, type LossOptions } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Loss } from "./loss";

/** The mean of |input - target|. Shapes: both the same. @see torch.nn.L1Loss */
export class L1Loss extends Loss<LossOptions> {
  constructor(options: LossOptions = {}) {
    super(checkOptions("L1Loss", options, l1LossOptions, arguments, 0));
  }
  forward(input: Tensor, target: Tensor): Tensor {
    return l1Loss(input, target, this.optionsFor(input));
  }
}
