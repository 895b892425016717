import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { blend, checkNotNegative, penalised } from "./formulas";
import { Optimizer, type CommonSettings, type Kept, type Params } from "./optimizer";

export interface AdadeltaSettings extends CommonSettings {
  /** How much is kept of the running means of squares, 0..1. */
  rho: number;
  /** Added below both roots; it also sets the length of the first steps. */
  eps: number;
}
const optionNames: OptionNames<Partial<AdadeltaSettings>> = {
  lr: true,
  rho: true,
  eps: true,
  weightDecay: true,
  maximize: true,
};

type Names = "square_avg" | "acc_delta";

/**
 * Steps measured by the steps before them: v = rho*v + (1-rho)*g^2, d = sqrt(u + eps) / sqrt(v + eps) * g,
 * u = rho*u + (1-rho)*d^2, p = p - lr*d.
 * @param options.lr          default 1
 * @param options.rho         default 0.9
 * @param options.eps         default 1e-6
 * @param options.weightDecay default 0
 * @param options.maximize    default false
 * @throws RangeError for a negative setting, or rho outside 0..1
 * @see Zeiler 2012, arXiv:1212.5701; torch.optim.Adadelta
 */
export class Adadelta extends Optimizer<AdadeltaSettings, Names> {
  constructor(params: Params<AdadeltaSettings>, options: Partial<AdadeltaSettings> = {}) {
    const {
      lr = 1,
      rho = 0.9,
      eps = 1e-6,
      weightDecay = 0,
      maximize = false,
    } = checkOptions(new.target.name, options, optionNames, arguments, 1);
    checkNotNegative("Adadelta", { lr, eps, weightDecay });
    if (!(rho >= 0 && rho <= 1)) throw new RangeError(`Adadelta: rho must be from 0 to 1, got ${rho}.`);
    super(params, { lr, rho, eps, weightDecay, maximize });
  }

  protected override readonly keeps = ["step", "square_avg", "acc_delta"] as const;

  protected update(parameter: Tensor, grad: Tensor, settings: AdadeltaSettings, kept: Kept<Names>): Tensor {
    const { lr, rho, eps, weightDecay } = settings;
    const g = penalised(grad, parameter, weightDecay);
    const square = (kept.square_avg = blend(kept.square_avg, g.mul(g), rho));
    const stepSquare = kept.acc_delta ?? g.mul(0);
    const step = stepSquare.add(eps).sqrt().div(square.add(eps).sqrt()).mul(g);
    kept.acc_delta = blend(stepSquare, step.mul(step), rho);
    return parameter.sub(step.mul(lr));
  }
}
