import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { checkNotNegative, penalised } from "./formulas";
import { sgdCpu } from "./cpu";
import { Optimizer, type CommonSettings, type Kept, type Params } from "./optimizer";

export interface SGDSettings extends CommonSettings {
  /** How much of the last step is kept, 0..1. */
  momentum: number;
  /** How much of the gradient is damped away when it enters the momentum, 0..1. */
  dampening: number;
  /** Look ahead along the momentum; needs momentum > 0 and dampening 0. */
  nesterov: boolean;
}
const optionNames: OptionNames<Partial<SGDSettings>> = {
  lr: true,
  momentum: true,
  dampening: true,
  weightDecay: true,
  nesterov: true,
  maximize: true,
};

/**
 * Stochastic gradient descent, with momentum as PyTorch defines it: v = momentum*v + g, p = p - lr*v.
 * @param options.lr          default 0.001
 * @param options.momentum    default 0
 * @param options.dampening   default 0
 * @param options.weightDecay default 0
 * @param options.nesterov    default false
 * @param options.maximize    default false
 * @throws RangeError for a negative setting, or nesterov without momentum
 * @see Sutskever et al. 2013; torch.optim.SGD
 */
export class SGD extends Optimizer<SGDSettings, "momentum_buffer"> {
  constructor(params: Params<SGDSettings>, options: Partial<SGDSettings> = {}) {
    const {
      lr = 0.001,
      momentum = 0,
      dampening = 0,
      weightDecay = 0,
      nesterov = false,
      maximize = false,
    } = checkOptions(new.target.name, options, optionNames, arguments, 1);
    checkNotNegative("SGD", { lr, momentum, weightDecay });
    if (nesterov && (momentum <= 0 || dampening !== 0))
      throw new RangeError(`SGD: nesterov needs momentum > 0 and dampening 0, got ${momentum} and ${dampening}.`);
    super(params, { lr, momentum, dampening, weightDecay, nesterov, maximize });
  }

  protected update(parameter: Tensor, grad: Tensor, settings: SGDSettings, kept: Kept<"momentum_buffer">): Tensor {
    const { lr, momentum, dampening, weightDecay, nesterov } = settings;
    let direction = penalised(grad, parameter, weightDecay);
    if (momentum) {
      kept.momentum_buffer = kept.momentum_buffer
        ? kept.momentum_buffer.mul(momentum).add(direction.mul(1 - dampening))
        : direction;
      direction = nesterov ? direction.add(kept.momentum_buffer.mul(momentum)) : kept.momentum_buffer;
    }
    return parameter.sub(direction.mul(lr));
  }

  protected override readonly keeps = ["momentum_buffer"] as const;
  protected override readonly inPlace = { cpu: sgdCpu };
}
