import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { checkNotNegative, filledLike, penalised } from "./formulas";
import { Optimizer, type CommonSettings, type Kept, type Params } from "./optimizer";

export interface AdagradSettings extends CommonSettings {
  /** The learning rate of step t is lr / (1 + (t-1)*lrDecay). */
  lrDecay: number;
  /** What the sums of squares start from; a group cannot have its own. */
  initialAccumulatorValue: number;
  /** Added to the denominator, so that it is never 0. */
  eps: number;
}
const optionNames: OptionNames<Partial<AdagradSettings>> = {
  lr: true,
  lrDecay: true,
  weightDecay: true,
  initialAccumulatorValue: true,
  eps: true,
  maximize: true,
};

/**
 * Shorter steps for parameters whose gradients were large so far: s = s + g^2, p = p - lr * g / (sqrt(s) + eps).
 * @param options.lr                      default 0.01
 * @param options.lrDecay                 default 0
 * @param options.weightDecay             default 0
 * @param options.initialAccumulatorValue default 0
 * @param options.eps                     default 1e-10
 * @param options.maximize                default false
 * @throws RangeError for a negative setting
 * @see Duchi, Hazan & Singer 2011; torch.optim.Adagrad
 */
export class Adagrad extends Optimizer<AdagradSettings, "sum"> {
  constructor(params: Params<AdagradSettings>, options: Partial<AdagradSettings> = {}) {
    const {
      lr = 0.01,
      lrDecay = 0,
      weightDecay = 0,
      initialAccumulatorValue = 0,
      eps = 1e-10,
      maximize = false,
    } = checkOptions(new.target.name, options, optionNames, arguments, 1);
    checkNotNegative("Adagrad", { lr, lrDecay, weightDecay, initialAccumulatorValue, eps });
    super(params, { lr, lrDecay, weightDecay, initialAccumulatorValue, eps, maximize });
    this.beginSums(initialAccumulatorValue);
  }

  /** @internal */
  override forget(): void {
    this.beginSums(this.paramGroups[0].initialAccumulatorValue);
  }

  /** As in PyTorch the sums are there from the start, and the constructor's value counts in every group. */
  private beginSums(value: number): void {
    for (const { params } of this.paramGroups)
      for (const parameter of params) this.begin(parameter, { sum: filledLike(parameter, value) });
  }

  protected override readonly keeps = ["step", "sum"] as const;

  protected update(
    parameter: Tensor,
    grad: Tensor,
    settings: AdagradSettings,
    kept: Kept<"sum">,
    step: number,
  ): Tensor {
    const { lr, lrDecay, weightDecay, eps } = settings;
    const g = penalised(grad, parameter, weightDecay);
    const sum = (kept.sum = g.mul(g).add(kept.sum ?? 0));
    return parameter.sub(g.div(sum.sqrt().add(eps)).mul(lr / (1 + (step - 1) * lrDecay)));
  }
}
