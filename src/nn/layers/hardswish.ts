import type { Tensor } from "../../tensor/tensor";
import { hardswish } from "../functional";
import { WithoutOptions } from "./withoutOptions";

/** x * hardsigmoid(x). Shape: as the input. @see Howard et al. 2019, arXiv:1905.02244; torch.nn.Hardswish */
export class Hardswish extends WithoutOptions {
  forward(x: Tensor): Tensor {
    return hardswish(x);
  }
}
