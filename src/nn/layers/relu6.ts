import type { Tensor } from "../../tensor/tensor";
import { relu6 } from "../functional";
import { WithoutOptions } from "./withoutOptions";

/**
 * x held between 0 and 6: what is 0 or 6 is not trained further. Shape: as the input.
 * @see Howard et al. 2017, arXiv:1704.04861; torch.nn.ReLU6
 */
export class ReLU6 extends WithoutOptions {
  forward(x: Tensor): Tensor {
    return relu6(x);
  }
}
