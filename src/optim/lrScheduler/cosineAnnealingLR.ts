import { checkOptions } from "../../options";
import { checkCount, LRScheduler, type Schedulable } from "./lrScheduler";

/**
 * Takes the learning rate down to `etaMin` along half a cosine in `tMax` epochs, and up again in the next `tMax`.
 * @param options.etaMin default 0
 * @throws RangeError if tMax is no whole number >= 1
 * @see Loshchilov & Hutter 2017, arXiv:1608.03983; torch.optim.lr_scheduler.CosineAnnealingLR
 */
export class CosineAnnealingLR extends LRScheduler {
  private readonly tMax: number;
  private readonly etaMin: number;

  constructor(optimizer: Schedulable, options: { tMax: number; etaMin?: number }) {
    const { tMax, etaMin = 0 } = checkOptions("CosineAnnealingLR", options, { tMax: true, etaMin: true }, arguments, 1);
    checkCount("CosineAnnealingLR", "tMax", tMax);
    super(optimizer);
    this.tMax = tMax;
    this.etaMin = etaMin;
  }

  // PyTorch's recursion rather than the closed form: it respects a learning rate that something else changed.
  protected next(lr: number, i: number): number {
    const { lastEpoch, tMax, etaMin } = this;
    if ((lastEpoch - 1 - tMax) % (2 * tMax) === 0)
      return lr + ((this.baseLrs[i] - etaMin) * (1 - Math.cos(Math.PI / tMax))) / 2;
    const height = (epoch: number): number => 1 + Math.cos((Math.PI * epoch) / tMax);
    return (height(lastEpoch) / height(lastEpoch - 1)) * (lr - etaMin) + etaMin;
  }
}
