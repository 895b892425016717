import { checkNoOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { threshold } from "../functional";
import { Module } from "../module";

/** x where it is above `threshold`, `value` elsewhere. Shape: as the input. @see torch.nn.Threshold */
export class Threshold extends Module {
  constructor(
    readonly threshold: number,
    readonly value: number,
  ) {
    super();
    checkNoOptions("Threshold", arguments, 2, "inplace");
  }
  forward(x: Tensor): Tensor {
    return threshold(x, this.threshold, this.value);
  }
  override extraRepr(): string {
    return `threshold=${this.threshold}, value=${this.value}`;
  }
}
