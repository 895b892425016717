import { checkTensor } from "../arguments";
import { Storage } from "../devices/storage";
import { Tensor } from "../tensor/tensor";

/**
 * A tensor that belongs to a module's state but is not trained, such as a running mean: it is in the state dict and
 * moves with `to()`, and is not among `parameters()`. Like a parameter it is a plain field of its module.
 * @see torch.nn.Buffer
 * @example
 * class Count extends nn.Module {
 *   calls = new nn.Buffer(zeros([1]));
 *   forward(x: Tensor) { return x.add(this.calls); }
 * }
 */
export class Buffer extends Tensor {
  /** @param data its numbers, shared */
  constructor(data: Tensor) {
    checkTensor("Buffer", "data", data);
    super(new Storage(data.storage.memory, data.dtype, data.device, true), data.shape);
  }
}
