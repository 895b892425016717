import { wrongKind } from "../../arguments";
import { checkOptions } from "../../options";
import { LRScheduler, type Schedulable } from "./lrScheduler";

type LrLambda = (epoch: number) => number;

/**
 * The first learning rate times a function of the epoch, which is called with 0 at once.
 * @param options.lrLambda one function, or one for each group
 * @throws RangeError if there are not as many functions as groups
 * @see torch.optim.lr_scheduler.LambdaLR
 * @example
 * const optimizer = new optim.SGD(net.parameters(), { lr: 0.1 });
 * const scheduler = new optim.lrScheduler.LambdaLR(optimizer, { lrLambda: (epoch) => 0.95 ** epoch });
 */
export class LambdaLR extends LRScheduler {
  private readonly lrLambdas: readonly LrLambda[];

  constructor(optimizer: Schedulable, options: { lrLambda: LrLambda | readonly LrLambda[] }) {
    const { lrLambda } = checkOptions("LambdaLR", options, { lrLambda: true }, arguments, 1);
    if (![lrLambda].flat().every((each) => typeof each === "function"))
      throw wrongKind("LambdaLR", "lrLambda", "a function", lrLambda, "Write { lrLambda: (epoch) => 0.95 ** epoch }.");
    super(optimizer);
    const groups = optimizer.paramGroups;
    this.lrLambdas = typeof lrLambda === "function" ? groups.map(() => lrLambda) : lrLambda;
    if (this.lrLambdas.length !== groups.length)
      throw new RangeError(
        `LambdaLR: ${groups.length} groups need as many lrLambda functions, got ${this.lrLambdas.length}. ` +
          `Give one function for all, or one each.`,
      );
    this.begin();
  }

  protected next(_lr: number, i: number): number {
    return this.baseLrs[i] * this.lrLambdas[i](this.lastEpoch);
  }
}
