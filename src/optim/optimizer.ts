import { checkTensor } from "../arguments";
import { noGrad } from "../autograd/noGrad";
import { forgetGradient } from "../autograd/tape";
import type { DeviceName } from "../devices/device";
import { checkOptions } from "../options";
import type { Tensor } from "../tensor/tensor";
import { loadState, stateOf, type OptimizerState, type ParameterState } from "./stateDict";

/** Parameters that are updated with the same settings, which may be changed at any time. */
export type ParamGroup<Settings> = Settings & { params: Tensor[] };

/** What an optimizer is made for: parameters, or groups of them with settings of their own. */
export type Params<Settings> = Tensor[] | (Partial<Settings> & { params: Tensor[] })[];

/** Settings that every optimizer has. */
export interface CommonSettings {
  /** Learning rate: the step's length. */
  lr: number;
  /** L2 penalty: this times the parameter is added to its gradient. */
  weightDecay: number;
  /** Climb instead of descend. */
  maximize: boolean;
}

/** Tensors that an optimizer keeps for a parameter from step to step, by name; none before the first step. */
export type Kept<Name extends string> = Partial<Record<Name, Tensor>>;

/** Steps that change a parameter and the tensors kept for it where they lie, by device; see `Optimizer.update`. */
export type InPlace<Settings, Name extends string> = Partial<
  Record<DeviceName, (parameter: Tensor, grad: Tensor, settings: Settings, kept: Kept<Name>, step: number) => void>
>;

/** What all optimizers share: groups of parameters, and the zeroing of their gradients. @see torch.optim.Optimizer */
export abstract class Optimizer<Settings extends CommonSettings, Name extends string = never> {
  /** Settings can be changed between steps: `optimizer.paramGroups[0].lr = 0.01`. */
  readonly paramGroups: ParamGroup<Settings>[];
  private readonly states = new WeakMap<Tensor, ParameterState<Name>>();
  /** What is kept for a parameter, and how often it was updated where PyTorch counts it, in PyTorch's words. */
  protected abstract readonly keeps: readonly (Name | "step")[];

  constructor(params: Params<Settings>, settings: Settings) {
    if (!Array.isArray(params))
      throw new TypeError(
        `${new.target.name}: params must be an array, got ${typeof params}. Call it: net.parameters().`,
      );
    const given = params.filter((entry): entry is Partial<Settings> & { params: Tensor[] } => isGroup(entry));
    const plain = params.filter((entry): entry is Tensor => !isGroup(entry));
    for (const group of given)
      checkOptions(`${new.target.name}: params`, group as object, { ...known(settings), params: true });
    this.paramGroups = given.length
      ? given.map((group) => ({ ...settings, ...group }))
      : [{ ...settings, params: plain }];
    checkParams(
      new.target.name,
      this.paramGroups.flatMap((group) => group.params as Tensor[] | Tensor),
    );
  }

  /** Forgets all gradients; call it before each backward(). */
  zeroGrad(): void {
    for (const group of this.paramGroups) for (const parameter of group.params) forgetGradient(parameter);
  }

  /** Updates every parameter that has a gradient. */
  step(): void {
    noGrad(() => {
      for (const group of this.paramGroups)
        for (const parameter of group.params) {
          const { gradient } = parameter;
          if (!gradient) continue;
          const state = this.stateOf(parameter);
          state.step++;
          const grad = group.maximize ? gradient.tensor.neg() : gradient.tensor;
          const inPlace = grad.device === parameter.device ? this.inPlace[parameter.device] : undefined;
          if (inPlace) inPlace(parameter, grad, group, state.kept, state.step);
          else {
            const updated = this.update(parameter, grad, group, state.kept, state.step);
            parameter.storage.replace(updated.storage.memory);
          }
        }
    });
  }

  /**
   * Copies of what is kept for each parameter, by its place among all, and the settings of all groups: what a training
   * that goes on later needs besides the weights. In PyTorch's structure and words.
   * @see torch.optim.Optimizer.state_dict
   * @example
   * const optimizer = new optim.Adam(net.parameters());
   * F.crossEntropy(net(images), labels).backward();
   * optimizer.step();
   * const { state, param_groups } = optimizer.stateDict();
   * console.log(Object.keys(state[0]), param_groups[0].lr); // step, exp_avg, exp_avg_sq; 0.001
   */
  stateDict(): OptimizerState {
    return stateOf(this.paramGroups, this.keeps, (parameter) => this.states.get(parameter));
  }
  /**
   * Takes over a state dict, converted to the parameters' devices and dtypes, with the settings of its groups.
   * @throws DataError if it has other groups, or is the state of another optimizer; ShapeError if a shape differs
   * @see torch.optim.Optimizer.load_state_dict
   */
  loadStateDict(state: OptimizerState): void {
    const loaded = loadState(this.constructor.name, state, this.paramGroups, this.keeps);
    for (const { params } of this.paramGroups) for (const parameter of params) this.states.delete(parameter);
    for (const [parameter, kept] of loaded) this.states.set(parameter, kept);
  }

  /** @internal Forgets what is kept of all parameters, as before the first step; settings stay. */
  forget(): void {
    for (const { params } of this.paramGroups) for (const parameter of params) this.states.delete(parameter);
  }

  /** The parameter's new value; runs without recording. `step` counts the parameter's updates from 1. */
  protected abstract update(
    parameter: Tensor,
    grad: Tensor,
    settings: Settings,
    kept: Kept<Name>,
    step: number,
  ): Tensor;

  /** The same in place, on devices that have a kernel for it. */
  protected readonly inPlace: InPlace<Settings, Name> = {};

  /** Sets what is kept for a parameter before its first step. */
  protected begin(parameter: Tensor, kept: Kept<Name>): void {
    this.states.set(parameter, { step: 0, kept });
  }

  private stateOf(parameter: Tensor): ParameterState<Name> {
    let state = this.states.get(parameter);
    if (!state) this.states.set(parameter, (state = { step: 0, kept: {} }));
    // A network may have moved to another device since the last step.
    for (const name in state.kept) {
      const kept = state.kept[name];
      if (kept && kept.device !== parameter.device) state.kept[name] = kept.to(parameter.device);
    }
    return state;
  }
}

const isGroup = (entry: unknown): boolean => typeof entry === "object" && entry !== null && "params" in entry;

/** The settings that a group can have of its own; a scheduler adds the one that it began with. */
const known = (settings: object): Record<string, true> =>
  Object.fromEntries([...Object.keys(settings), "initialLr"].map((name) => [name, true]));

function checkParams(caller: string, params: Tensor[]): void {
  params.forEach((parameter, i) => checkTensor(caller, `params[${i}]`, parameter, "Pass net.parameters()."));
  if (params.length === 0) throw new RangeError(`${caller}: there are no parameters. Pass net.parameters().`);
  if (new Set(params).size < params.length)
    throw new RangeError(`${caller}: a parameter appears twice. Give each one to one group.`);
  if (params.some((parameter) => parameter.node))
    throw new RangeError(`${caller}: a parameter is the result of an operation. Optimize leaves only.`);
}
