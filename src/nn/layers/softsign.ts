import type { Tensor } from "../../tensor/tensor";
import { softsign } from "../functional";
import { WithoutOptions } from "./withoutOptions";

/** x / (1 + |x|). Shape: as the input. @see torch.nn.Softsign */
export class Softsign extends WithoutOptions {
  forward(x: Tensor): Tensor {
    return softsign(x);
  }
}
