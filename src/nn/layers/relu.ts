import { unary } from "../../ops";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/** max(x, 0), element by element. Shape: as the input. @see torch.nn.ReLU */
export class ReLU extends Module {
  forward(x: Tensor): Tensor {
    return unary("relu", x);
  }
}
