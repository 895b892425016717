import type { Tensor } from "../../tensor/tensor";
import { hardsigmoid } from "../functional";
import { WithoutOptions } from "./withoutOptions";

/** A straight line from 0 at x = -3 to 1 at x = 3. Shape: as the input. @see torch.nn.Hardsigmoid */
export class Hardsigmoid extends WithoutOptions {
  forward(x: Tensor): Tensor {
    return hardsigmoid(x);
  }
}
