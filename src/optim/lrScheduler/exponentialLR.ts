import { LRScheduler, type Schedulable } from "./lrScheduler";

/** Multiplies the learning rate by gamma every epoch. @see torch.optim.lr_scheduler.ExponentialLR */
export class ExponentialLR extends LRScheduler {
  private readonly gamma: number;

  constructor(optimizer: Schedulable, { gamma }: { gamma: number }) {
    super(optimizer);
    this.gamma = gamma;
  }

  protected next(lr: number): number {
    return lr * this.gamma;
  }
}
