import { nllLoss, type NllLossOptions } from "../../ops";
import type { Tensor } from "../../tensor/tensor";
import { Loss } from "./loss";

/** Minus the log-probabilities [N,C,...] of the targets [N,...] int32, averaged. @see torch.nn.NLLLoss */
export class NLLLoss extends Loss<NllLossOptions> {
  forward(input: Tensor, target: Tensor): Tensor {
    return nllLoss(input, target, this.optionsFor(input));
  }
}
