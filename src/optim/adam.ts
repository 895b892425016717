import { show } from "../arguments";
import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { blend, checkNotNegative, penalised } from "./formulas";
import { adamCpu } from "./cpu";
import { Optimizer, type CommonSettings, type Kept, type Params } from "./optimizer";

export interface AdamSettings extends CommonSettings {
  /** How much is kept of the running mean of the gradient and of its square, each 0 up to, not including, 1. */
  betas: readonly [number, number];
  /** Added to the denominator, so that it is never 0. */
  eps: number;
  /** Divide by the largest mean square so far instead of the present one. */
  amsgrad: boolean;
  /** Shrink the parameter itself instead of penalising its gradient: what AdamW does. */
  decoupledWeightDecay: boolean;
}
const optionNames: OptionNames<Partial<AdamSettings>> = {
  lr: true,
  betas: true,
  eps: true,
  weightDecay: true,
  amsgrad: true,
  maximize: true,
  decoupledWeightDecay: true,
};

type Names = "exp_avg" | "exp_avg_sq" | "max_exp_avg_sq";

/**
 * Steps of about the length lr for every parameter, whatever the size of its gradient:
 * m = beta1*m + (1-beta1)*g, v = beta2*v + (1-beta2)*g^2, p = p - lr * m' / (sqrt(v') + eps), where m' = m/(1-beta1^t)
 * and v' = v/(1-beta2^t) undo that both start at 0.
 * @param options.lr          default 0.001
 * @param options.betas       default [0.9, 0.999]
 * @param options.eps         default 1e-8
 * @param options.weightDecay default 0
 * @param options.amsgrad     default false
 * @param options.maximize    default false
 * @throws RangeError for a negative setting, or a beta outside 0..1
 * @see Kingma & Ba 2015, arXiv:1412.6980; Reddi et al. 2018 (amsgrad); torch.optim.Adam
 * @example
 * const optimizer = new optim.Adam(net.parameters(), { lr: 0.001 });
 * F.crossEntropy(net(images), labels).backward();
 * optimizer.step();
 */
export class Adam extends Optimizer<AdamSettings, Names> {
  constructor(params: Params<AdamSettings>, options: Partial<AdamSettings> = {}) {
    const {
      lr = 0.001,
      betas = [0.9, 0.999],
      eps = 1e-8,
      weightDecay = 0,
      amsgrad = false,
      maximize = false,
      decoupledWeightDecay = false,
    } = checkOptions(new.target.name, options, optionNames, arguments, 1);
    checkNotNegative(new.target.name, { lr, eps, weightDecay });
    if (!Array.isArray(betas) || betas.length !== 2)
      throw new RangeError(
        `${new.target.name}: betas must be two numbers, got ${show(betas)}. The default is [0.9, 0.999].`,
      );
    betas.forEach((beta, i) => {
      if (!(beta >= 0 && beta < 1))
        throw new RangeError(`${new.target.name}: betas[${i}] must be >= 0 and < 1, got ${show(beta)}.`);
    });
    super(params, { lr, betas, eps, weightDecay, amsgrad, maximize, decoupledWeightDecay });
  }

  protected update(parameter: Tensor, grad: Tensor, settings: AdamSettings, kept: Kept<Names>, step: number): Tensor {
    const { lr, eps, weightDecay, amsgrad, decoupledWeightDecay } = settings;
    const [beta1, beta2] = settings.betas;
    const start = decoupledWeightDecay ? parameter.mul(1 - lr * weightDecay) : parameter;
    const g = decoupledWeightDecay ? grad : penalised(grad, parameter, weightDecay);
    const mean = (kept.exp_avg = blend(kept.exp_avg, g, beta1));
    let square = (kept.exp_avg_sq = blend(kept.exp_avg_sq, g.mul(g), beta2));
    if (amsgrad) square = kept.max_exp_avg_sq = kept.max_exp_avg_sq?.maximum(square) ?? square;
    const denominator = square
      .sqrt()
      .div(Math.sqrt(1 - beta2 ** step))
      .add(eps);
    return start.sub(mean.div(denominator).mul(lr / (1 - beta1 ** step)));
  }

  protected override readonly keeps = ["step", "exp_avg", "exp_avg_sq", "max_exp_avg_sq"] as const;
  protected override readonly inPlace = { cpu: adamCpu };
}
