import { klDiv, klDivOptions, type KlDivOptions } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Loss } from "./loss";

/** The Kullback-Leibler divergence of probabilities from log-probabilities. Shapes: both the same. @see torch.nn.KLDivLoss */
export class KLDivLoss extends Loss<KlDivOptions> {
  constructor(options: KlDivOptions = {}) {
    super(checkOptions("KLDivLoss", options, klDivOptions, arguments, 0));
  }
  forward(input: Tensor, target: Tensor): Tensor {
    return klDiv(input, target, this.optionsFor(input));
  }
}
