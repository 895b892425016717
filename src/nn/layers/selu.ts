import type { Tensor } from "../../tensor/tensor";
import { selu } from "../functional";
import { WithoutOptions } from "./withoutOptions";

/**
 * 1.0507 times ELU with alpha 1.6733, which keeps mean 0 and variance 1 from layer to layer. Shape: as the input.
 * @see Klambauer et al. 2017, arXiv:1706.02515; torch.nn.SELU
 */
export class SELU extends WithoutOptions {
  forward(x: Tensor): Tensor {
    return selu(x);
  }
}
