import { unary } from "../../ops";
import type { Tensor } from "../../tensor/tensor";
import { WithoutOptions } from "./withoutOptions";

/** max(x, 0), element by element. Shape: as the input. @see torch.nn.ReLU */
export class ReLU extends WithoutOptions {
  forward(x: Tensor): Tensor {
    return unary("relu", x);
  }
}
