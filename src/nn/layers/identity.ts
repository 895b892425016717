import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/** The input itself: stands where a network has a layer to leave out or to replace. @see torch.nn.Identity */
export class Identity extends Module {
  forward(x: Tensor): Tensor {
    return x;
  }
}
