import { logSoftmax } from "../../ops";
import { checkNoOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/**
 * The logarithm of softmax over `dim`, finite for logits of any size. Shape: as the input.
 * @throws ShapeError if `dim` does not exist
 * @see torch.nn.LogSoftmax
 */
export class LogSoftmax extends Module {
  constructor(readonly dim: number) {
    super();
    checkNoOptions("LogSoftmax", arguments, 1);
  }
  forward(x: Tensor): Tensor {
    return logSoftmax(x, this.dim);
  }
  override extraRepr(): string {
    return `dim=${this.dim}`;
  }
}
