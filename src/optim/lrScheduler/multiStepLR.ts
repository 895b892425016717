import { isArray, wrongKind } from "../../arguments";
import { checkOptions } from "../../options";
import { LRScheduler, type Schedulable } from "./lrScheduler";

/**
 * Multiplies the learning rate by gamma at each milestone, an epoch counted from 0; one named twice counts twice.
 * @param options.gamma default 0.1
 * @see torch.optim.lr_scheduler.MultiStepLR
 */
export class MultiStepLR extends LRScheduler {
  /** How often each epoch was named: what PyTorch keeps. */
  private readonly milestones: Record<number, number> = {};
  private readonly gamma: number;

  constructor(optimizer: Schedulable, options: { milestones: readonly number[]; gamma?: number }) {
    const { milestones, gamma = 0.1 } = checkOptions(
      "MultiStepLR",
      options,
      { milestones: true, gamma: true },
      arguments,
      1,
    );
    if (!isArray(milestones))
      throw wrongKind("MultiStepLR", "milestones", "an array of epochs", milestones, "Write { milestones: [30, 80] }.");
    super(optimizer);
    for (const epoch of milestones) this.milestones[epoch] = (this.milestones[epoch] ?? 0) + 1;
    this.gamma = gamma;
    this.begin();
  }

  protected next(lr: number): number {
    const times = this.milestones[this.lastEpoch] ?? 0;
    return times > 0 ? lr * this.gamma ** times : lr;
  }
}
