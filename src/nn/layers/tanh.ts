import { unary } from "../../ops";
import type { Tensor } from "../../tensor/tensor";
import { WithoutOptions } from "./withoutOptions";

/** The hyperbolic tangent, element by element. Shape: as the input. @see torch.nn.Tanh */
export class Tanh extends WithoutOptions {
  forward(x: Tensor): Tensor {
    return unary("tanh", x);
  }
}
