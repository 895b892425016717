import { klDiv, type KlDivOptions } from "../../ops";
import type { Tensor } from "../../tensor/tensor";
import { Loss } from "./loss";

/** The Kullback-Leibler divergence of probabilities from log-probabilities. Shapes: both the same. @see torch.nn.KLDivLoss */
export class KLDivLoss extends Loss<KlDivOptions> {
  forward(input: Tensor, target: Tensor): Tensor {
    return klDiv(input, target, this.optionsFor(input));
  }
}
