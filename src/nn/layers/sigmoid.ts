import { unary } from "../../ops";
import type { Tensor } from "../../tensor/tensor";
import { WithoutOptions } from "./withoutOptions";

/** 1 / (1 + exp(-x)), element by element. Shape: as the input. @see torch.nn.Sigmoid */
export class Sigmoid extends WithoutOptions {
  forward(x: Tensor): Tensor {
    return unary("sigmoid", x);
  }
}
