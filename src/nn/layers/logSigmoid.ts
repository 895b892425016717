import type { Tensor } from "../../tensor/tensor";
import { logsigmoid } from "../functional";
import { WithoutOptions } from "./withoutOptions";

/** log(sigmoid(x)), finite for every x. Shape: as the input. @see torch.nn.LogSigmoid */
export class LogSigmoid extends WithoutOptions {
  forward(x: Tensor): Tensor {
    return logsigmoid(x);
  }
}
