import { huberLoss, huberLossOptions, type HuberLossOptions } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Loss } from "./loss";

/** Half the squared difference up to delta, linear above. Shapes: both the same. @see torch.nn.HuberLoss */
export class HuberLoss extends Loss<HuberLossOptions> {
  constructor(options: HuberLossOptions = {}) {
    super(checkOptions("HuberLoss", options, huberLossOptions, arguments, 0));
  }
  forward(input: Tensor, target: Tensor): Tensor {
    return huberLoss(input, target, this.optionsFor(input));
  }
}
