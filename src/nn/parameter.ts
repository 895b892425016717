import { Storage } from "../devices/storage";
import { Tensor } from "../tensor/tensor";

/** A tensor that a module owns and an optimizer updates; it requires a gradient. @see torch.nn.Parameter */
export class Parameter extends Tensor {
  /** @param data its numbers, shared; default requiresGrad true */
  constructor(data: Tensor, options: { requiresGrad?: boolean } = {}) {
    super(new Storage(data.storage.memory, data.dtype, data.device, true), data.shape);
    this.requiresGrad = options.requiresGrad ?? true;
  }
}
