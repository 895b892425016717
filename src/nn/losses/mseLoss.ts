import { mseLoss, lossOptions, type LossOptions } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Loss } from "./loss";

/** The mean of (input - target)^2. Shapes: both the same. @see torch.nn.MSELoss */
export class MSELoss extends Loss<LossOptions> {
  constructor(options: LossOptions = {}) {
    super(checkOptions("MSELoss", options, lossOptions, arguments, 0));
  }
  forward(input: Tensor, target: Tensor): Tensor {
    return mseLoss(input, target, this.optionsFor(input));
  }
}
