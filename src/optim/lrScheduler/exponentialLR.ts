import { checkNumber } from "../../arguments";
import { checkOptions } from "../../options";
import { LRScheduler, type Schedulable } from "./lrScheduler";

/** Multiplies the learning rate by gamma every epoch. @see torch.optim.lr_scheduler.ExponentialLR */
export class ExponentialLR extends LRScheduler {
  private readonly gamma: number;

  constructor(optimizer: Schedulable, options: { gamma: number }) {
    const { gamma } = checkOptions("ExponentialLR", options, { gamma: true }, arguments, 1);
    checkNumber("ExponentialLR", "gamma", gamma, "Give the factor of an epoch.");
    super(optimizer);
    this.gamma = gamma;
  }

  protected next(lr: number): number {
    return lr * this.gamma;
  }
}
