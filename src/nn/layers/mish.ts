import type { Tensor } from "../../tensor/tensor";
import { mish } from "../functional";
import { WithoutOptions } from "./withoutOptions";

/** x * tanh(log(1 + exp(x))). Shape: as the input. @see Misra 2019, arXiv:1908.08681; torch.nn.Mish */
export class Mish extends WithoutOptions {
  forward(x: Tensor): Tensor {
    return mish(x);
  }
}
