import { softmax } from "../../ops";
import { checkNoOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/**
 * exp(x) divided by its sum over `dim`: positive numbers that add up to 1. Shape: as the input.
 * @throws ShapeError if `dim` does not exist
 * @see torch.nn.Softmax
 */
export class Softmax extends Module {
  constructor(readonly dim: number) {
    super();
    checkNoOptions("Softmax", arguments, 1);
  }
  forward(x: Tensor): Tensor {
    return softmax(x, this.dim);
  }
  override extraRepr(): string {
    return `dim=${this.dim}`;
  }
}
