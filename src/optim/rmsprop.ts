import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { blend, checkNotNegative, penalised } from "./formulas";
import { Optimizer, type CommonSettings, type Kept, type Params } from "./optimizer";

export interface RMSpropSettings extends CommonSettings {
  /** How much is kept of the running mean of the squared gradient. */
  alpha: number;
  /** Added to the denominator, so that it is never 0. */
  eps: number;
  /** How much of the last step is kept, 0..1. */
  momentum: number;
  /** Divide by the gradient's standard deviation instead of its root mean square. */
  centered: boolean;
}
const optionNames: OptionNames<Partial<RMSpropSettings>> = {
  lr: true,
  alpha: true,
  eps: true,
  weightDecay: true,
  momentum: true,
  centered: true,
  maximize: true,
};

type Names = "square_avg" | "grad_avg" | "momentum_buffer";

/**
 * Steps divided by the recent size of the gradient: v = alpha*v + (1-alpha)*g^2, p = p - lr * g / (sqrt(v) + eps);
 * with momentum, b = momentum*b + g / (sqrt(v) + eps), p = p - lr*b.
 * @param options.lr          default 0.01
 * @param options.alpha       default 0.99
 * @param options.eps         default 1e-8
 * @param options.weightDecay default 0
 * @param options.momentum    default 0
 * @param options.centered    default false
 * @param options.maximize    default false
 * @throws RangeError for a negative setting
 * @see Hinton, Coursera lecture 6e, 2012; Graves 2013, arXiv:1308.0850 (centered); torch.optim.RMSprop
 */
export class RMSprop extends Optimizer<RMSpropSettings, Names> {
  constructor(params: Params<RMSpropSettings>, options: Partial<RMSpropSettings> = {}) {
    const {
      lr = 0.01,
      alpha = 0.99,
      eps = 1e-8,
      weightDecay = 0,
      momentum = 0,
      centered = false,
      maximize = false,
    } = checkOptions(new.target.name, options, optionNames, arguments, 1);
    checkNotNegative("RMSprop", { lr, eps, momentum, weightDecay, alpha });
    super(params, { lr, alpha, eps, weightDecay, momentum, centered, maximize });
  }

  protected override readonly keeps = ["step", "square_avg", "grad_avg", "momentum_buffer"] as const;

  protected update(parameter: Tensor, grad: Tensor, settings: RMSpropSettings, kept: Kept<Names>): Tensor {
    const { lr, alpha, eps, weightDecay, momentum, centered } = settings;
    const g = penalised(grad, parameter, weightDecay);
    let spread = (kept.square_avg = blend(kept.square_avg, g.mul(g), alpha));
    if (centered) {
      const mean = (kept.grad_avg = blend(kept.grad_avg, g, alpha));
      spread = spread.sub(mean.mul(mean));
    }
    let step = g.div(spread.sqrt().add(eps));
    if (momentum > 0) step = kept.momentum_buffer = kept.momentum_buffer?.mul(momentum).add(step) ?? step;
    return parameter.sub(step.mul(lr));
  }
}
