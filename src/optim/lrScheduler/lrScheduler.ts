/** The part of an optimizer that a scheduler changes. */
export interface Schedulable {
  paramGroups: { lr: number }[];
}

/** The learning rate each group began with, also for a second scheduler on the same optimizer. */
const initialLrs = new WeakMap<object, number>();

/**
 * What the schedulers share: they set the learning rate of every group of an optimizer. Call `step()` once an epoch,
 * after the optimizer's.
 * @see torch.optim.lr_scheduler.LRScheduler
 */
export abstract class LRScheduler {
  /** How often `step` was called. */
  lastEpoch = 0;
  /** The learning rates the groups began with. */
  protected readonly baseLrs: readonly number[];

  constructor(protected readonly optimizer: Schedulable) {
    this.baseLrs = optimizer.paramGroups.map((group) => {
      const first = initialLrs.get(group) ?? group.lr;
      initialLrs.set(group, first);
      return first;
    });
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

  /** The learning rate of group `i` in epoch `lastEpoch`, from that of the epoch before. */
  protected abstract next(lr: number, i: number): number;
}

/** @throws RangeError unless `value` is a whole number >= 1 */
export function checkCount(caller: string, name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(`${caller}: ${name} must be a whole number >= 1, got ${value}.`);
}
