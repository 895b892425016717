import { show, wrongKind } from "../../arguments";
import { loadState, stateOf, type SchedulerState } from "./stateDict";

/** The part of an optimizer that a scheduler changes. */
export interface Schedulable {
  /** `initialLr` is the learning rate that a group began with, also for a second scheduler on the same optimizer. */
  paramGroups: { lr: number; initialLr?: number }[];
}

/**
 * What the schedulers share: they set the learning rate of every group of an optimizer. Call `step()` once an epoch,
 * after the optimizer's.
 * @see torch.optim.lr_scheduler.LRScheduler
 */
export abstract class LRScheduler {
  /** How often `step` was called. */
  lastEpoch = 0;
  /** The learning rates the groups began with. */
  protected baseLrs: readonly number[];

  constructor(protected readonly optimizer: Schedulable) {
    checkOptimizer(new.target.name, optimizer);
    this.baseLrs = optimizer.paramGroups.map((group) => (group.initialLr ??= group.lr));
  }

  /** Sets the learning rates of the next epoch. */
  step(): void {
    this.lastEpoch++;
    this.begin();
  }

  /** Sets the learning rates of epoch `lastEpoch`; schedulers that change epoch 0 call it when they are made. */
  protected begin(): void {
    this.optimizer.paramGroups.forEach((group, i) => (group.lr = this.next(group.lr, i)));
  }

  /** The present learning rate of each group. */
  getLastLr(): number[] {
    return this.optimizer.paramGroups.map((group) => group.lr);
  }

  /**
   * The scheduler's settings and how far it is, in PyTorch's words; the learning rates themselves are in the state of the
   * optimizer. Functions are not in it.
   * @see torch.optim.lr_scheduler.LRScheduler.state_dict
   */
  stateDict(): SchedulerState {
    return { ...stateOf(this), _last_lr: this.getLastLr() };
  }
  /**
   * Goes on where the scheduler that gave `state` was. Load the optimizer's state too.
   * @throws DataError if it is the state of another scheduler, or has another number of groups
   * @see torch.optim.lr_scheduler.LRScheduler.load_state_dict
   */
  loadStateDict(state: SchedulerState): void {
    loadState(this, state);
  }

  /** The learning rate of group `i` in epoch `lastEpoch`, from that of the epoch before. */
  protected abstract next(lr: number, i: number): number;
}

/** @throws TypeError unless it has groups of parameters */
export function checkOptimizer(caller: string, optimizer: Schedulable): void {
  if (!Array.isArray((optimizer as Partial<Schedulable> | null | undefined)?.paramGroups))
    throw wrongKind(caller, "optimizer", "an optimizer", optimizer, `Write new ${caller}(optimizer, ...).`);
}

/** @throws RangeError unless `value` is a whole number >= 1 */
export function checkCount(caller: string, name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(`${caller}: ${name} must be a whole number >= 1, got ${show(value)}.`);
}
