import { nllLoss, nllLossOptions, type NllLossOptions } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Loss } from "./loss";

/** Minus the log-probabilities [N,C,...] of the targets [N,...] int32, averaged. @see torch.nn.NLLLoss */
export class NLLLoss extends Loss<NllLossOptions> {
  constructor(options: NllLossOptions = {}) {
    super(checkOptions("NLLLoss", options, nllLossOptions, arguments, 0));
  }
  forward(input: Tensor, target: Tensor): Tensor {
    return nllLoss(input, target, this.optionsFor(input));
  }
}
