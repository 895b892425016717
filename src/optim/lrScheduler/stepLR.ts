import { checkOptions } from "../../options";
import { checkCount, LRScheduler, type Schedulable } from "./lrScheduler";

/**
 * Multiplies the learning rate by gamma every `stepSize` epochs.
 * @param options.gamma default 0.1
 * @throws RangeError if stepSize is no whole number >= 1
 * @see torch.optim.lr_scheduler.StepLR
 * @example
 * const optimizer = new optim.SGD(net.parameters(), { lr: 0.1 });
 * const scheduler = new optim.lrScheduler.StepLR(optimizer, { stepSize: 30 });
 * for (let epoch = 0; epoch < 40; epoch++) {
 *   optimizer.step();
 *   scheduler.step();
 * }
 * console.log(scheduler.getLastLr()); // [0.01], up to rounding
 */
export class StepLR extends LRScheduler {
  private readonly stepSize: number;
  private readonly gamma: number;

  constructor(optimizer: Schedulable, options: { stepSize: number; gamma?: number }) {
    const { stepSize, gamma = 0.1 } = checkOptions("StepLR", options, { stepSize: true, gamma: true }, arguments, 1);
    checkCount("StepLR", "stepSize", stepSize);
    super(optimizer);
    this.stepSize = stepSize;
    this.gamma = gamma;
  }

  protected next(lr: number): number {
    return this.lastEpoch % this.stepSize === 0 ? lr * this.gamma : lr;
  }
}
