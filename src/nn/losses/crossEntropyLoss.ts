import { crossEntropy, type NllLossOptions } from "../../ops";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/** Cross-entropy of logits [N,C] against class indices [N] int32, averaged over the batch. @see torch.nn.CrossEntropyLoss */
export class CrossEntropyLoss extends Module {
  constructor(private readonly options: NllLossOptions = {}) {
    super();
  }
  forward(logits: Tensor, target: Tensor): Tensor {
    return crossEntropy(logits, target, this.options);
  }
}
