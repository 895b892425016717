import { crossEntropy, crossEntropyOptions, type CrossEntropyOptions } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Loss } from "./loss";

/** Cross-entropy of logits [N,C,...] against class indices [N,...] int32, averaged over the batch. @see torch.nn.CrossEntropyLoss */
export class CrossEntropyLoss extends Loss<CrossEntropyOptions> {
  constructor(options: CrossEntropyOptions = {}) {
    super(checkOptions("CrossEntropyLoss", options, crossEntropyOptions, arguments, 0));
  }
  forward(logits: Tensor, target: Tensor): Tensor {
    return crossEntropy(logits, target, this.optionsFor(logits));
  }
}
