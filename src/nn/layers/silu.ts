import type { Tensor } from "../../tensor/tensor";
import { silu } from "../functional";
import { WithoutOptions } from "./withoutOptions";

/**
 * x * sigmoid(x), also called swish. Shape: as the input.
 * @see Ramachandran et al. 2017, arXiv:1710.05941; torch.nn.SiLU
 */
export class SiLU extends WithoutOptions {
  forward(x: Tensor): Tensor {
    return silu(x);
  }
}
