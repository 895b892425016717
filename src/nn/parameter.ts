import { checkTensor } from "../arguments";
import { Storage } from "../devices/storage";
import { checkOptions } from "../options";
import { Tensor } from "../tensor/tensor";

/** A tensor that a module owns and an optimizer updates; it requires a gradient. @see torch.nn.Parameter */
export class Parameter extends Tensor {
  /** @param data its numbers, shared; default requiresGrad true */
  constructor(data: Tensor, options: { requiresGrad?: boolean } = {}) {
    checkTensor("Parameter", "data", data);
    const { requiresGrad = true } = checkOptions("Parameter", options, { requiresGrad: true }, arguments, 1);
    super(new Storage(data.storage.memory, data.dtype, data.device, true), data.shape);
    this.requiresGrad = requiresGrad;
  }
}
