import { checkNoOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { checkProbability, dropout2d } from "../dropout";
import { Module } from "../module";

/**
 * In training each channel of each image is 0 with probability p and the others are divided by 1 - p; evaluation
 * changes nothing. Neighbouring pixels tell nearly the same, so that single zeros would hide little. Shapes: [N,C,H,W]
 * -> same.
 * @param p default 0.5
 * @throws RangeError unless p is in 0..1
 * @see Tompson et al. 2015, arXiv:1411.4280; torch.nn.Dropout2d
 */
export class Dropout2d extends Module {
  constructor(readonly p = 0.5) {
    super();
    checkNoOptions("Dropout2d", arguments, 1, "inplace");
    checkProbability("Dropout2d", p);
  }
  forward(x: Tensor): Tensor {
    return dropout2d(x, { p: this.p, training: this.training });
  }
  override extraRepr(): string {
    return `p=${this.p}`;
  }
}
