import { noGrad } from "../autograd/noGrad";
import type { Tensor } from "../tensor/tensor";
import { Optimizer } from "./optimizer";

export interface SGDSettings {
  /** Learning rate: the step's length. */
  lr: number;
  /** How much of the last step is kept, 0..1. */
  momentum: number;
  /** How much of the gradient is damped away when it enters the momentum, 0..1. */
  dampening: number;
  /** L2 penalty: this times the parameter is added to its gradient. */
  weightDecay: number;
  /** Look ahead along the momentum; needs momentum > 0 and dampening 0. */
  nesterov: boolean;
}

/**
 * Stochastic gradient descent, with momentum as PyTorch defines it: v = momentum*v + g, p = p - lr*v.
 * @param options.lr          default 0.001
 * @param options.momentum    default 0
 * @param options.weightDecay default 0
 * @see Sutskever et al. 2013; torch.optim.SGD
 */
export class SGD extends Optimizer<SGDSettings> {
  private readonly velocity = new WeakMap<Tensor, Tensor>();

  constructor(
    params: Tensor[] | (Partial<SGDSettings> & { params: Tensor[] })[],
    { lr = 0.001, momentum = 0, dampening = 0, weightDecay = 0, nesterov = false }: Partial<SGDSettings> = {},
  ) {
    for (const [name, value] of Object.entries({ lr, momentum, weightDecay }))
      if (!(value >= 0)) throw new RangeError(`SGD: ${name} must be >= 0, got ${value}.`);
    if (nesterov && (momentum <= 0 || dampening !== 0))
      throw new RangeError(
        `SGD: nesterov needs momentum > 0 and dampening 0, got ${momentum} and ${dampening}.`,
      );
    super(params, { lr, momentum, dampening, weightDecay, nesterov });
  }

  protected update(parameter: Tensor, grad: Tensor, settings: SGDSettings): void {
    noGrad(() => {
      const { lr, momentum, dampening, weightDecay, nesterov } = settings;
      let direction = weightDecay ? grad.add(parameter.detach().mul(weightDecay)) : grad;
      if (momentum) {
        const before = this.velocity.get(parameter);
        const velocity = before ? before.mul(momentum).add(direction.mul(1 - dampening)) : direction;
        this.velocity.set(parameter, velocity);
        direction = nesterov ? direction.add(velocity.mul(momentum)) : velocity;
      }
      parameter.storage.replace(parameter.sub(direction.mul(lr)).storage.memory);
    });
  }
}
