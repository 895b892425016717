import { flatten } from "../../ops";
import { checkNoOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/** Dimensions `startDim` (default 1) to `endDim` (default the last) become one: [N,C,H,W] -> [N,C*H*W]. @see torch.nn.Flatten */
export class Flatten extends Module {
  constructor(
    readonly startDim = 1,
    readonly endDim = -1,
  ) {
    super();
    checkNoOptions("Flatten", arguments, 2);
  }
  forward(x: Tensor): Tensor {
    return flatten(x, this.startDim, this.endDim);
  }
}
