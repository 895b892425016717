import { smoothL1Loss, smoothL1LossOptions, type SmoothL1LossOptions } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Loss } from "./loss";

/** The mean of |input - target|, rounded off below beta. Shapes: both the same. @see torch.nn.SmoothL1Loss */
export class SmoothL1Loss extends Loss<SmoothL1LossOptions> {
  constructor(options: SmoothL1LossOptions = {}) {
    super(checkOptions("SmoothL1Loss", options, smoothL1LossOptions, arguments, 0));
  }
  forward(input: Tensor, target: Tensor): Tensor {
    return smoothL1Loss(input, target, this.optionsFor(input));
  }
}
