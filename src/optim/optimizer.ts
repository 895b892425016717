import type { Tensor } from "../tensor/tensor";

/** Parameters that are updated with the same settings, which may be changed at any time. */
export type ParamGroup<Settings> = Settings & { params: Tensor[] };

/** What all optimizers share: groups of parameters, and the zeroing of their gradients. @see torch.optim.Optimizer */
export abstract class Optimizer<Settings extends object> {
  /** Settings can be changed between steps: `optimizer.paramGroups[0].lr = 0.01`. */
  readonly paramGroups: ParamGroup<Settings>[];

  constructor(params: Tensor[] | (Partial<Settings> & { params: Tensor[] })[], settings: Settings) {
    if (!Array.isArray(params))
      throw new TypeError(
        `${new.target.name}: params must be an array, got ${typeof params}. Call it: net.parameters().`,
      );
    const groups = params.map((entry) => ("params" in entry ? entry : null));
    const given = groups.filter((group) => group !== null);
    const plain = params.filter((entry): entry is Tensor => !("params" in entry));
    this.paramGroups = given.length
      ? given.map((group) => ({ ...settings, ...group }))
      : [{ ...settings, params: plain }];
    if (this.paramGroups.every((group) => group.params.length === 0))
      throw new RangeError(`${new.target.name}: there are no parameters. Pass net.parameters().`);
  }

  /** Forgets all gradients; call it before each backward(). */
  zeroGrad(): void {
    for (const group of this.paramGroups) for (const parameter of group.params) parameter.grad = null;
  }

  /** Updates every parameter that has a gradient. */
  step(): void {
    for (const group of this.paramGroups)
      for (const parameter of group.params) if (parameter.grad) this.update(parameter, parameter.grad, group);
  }

  protected abstract update(parameter: Tensor, grad: Tensor, settings: Settings): void;
}
