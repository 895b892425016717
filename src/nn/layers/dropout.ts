import { checkNoOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { checkProbability, dropout } from "../dropout";
import { Module } from "../module";

/**
 * In training each number is 0 with probability p and the others are divided by 1 - p; evaluation changes nothing.
 * Shape: as the input.
 * @param p default 0.5
 * @throws RangeError unless p is in 0..1
 * @see Srivastava et al. 2014; torch.nn.Dropout
 */
export class Dropout extends Module {
  constructor(readonly p = 0.5) {
    super();
    checkNoOptions("Dropout", arguments, 1, "inplace");
    checkProbability("Dropout", p);
  }
  forward(x: Tensor): Tensor {
    return dropout(x, { p: this.p, training: this.training });
  }
  override extraRepr(): string {
    return `p=${this.p}`;
  }
}
