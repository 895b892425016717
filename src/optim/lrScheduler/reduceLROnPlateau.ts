import { checkOptions, type OptionNames } from "../../options";
import { checkOptimizer, type Schedulable } from "./lrScheduler";
import { loadState, stateOf, type SchedulerState } from "./stateDict";

export interface ReduceLROnPlateauOptions {
  /** Whether the metric should fall ("min", a loss) or rise ("max", an accuracy); default "min". */
  mode?: "min" | "max";
  /** What the learning rate is multiplied by, below 1; default 0.1. */
  factor?: number;
  /** How many epochs without improvement are allowed; default 10. */
  patience?: number;
  /** How much better than the best counts as improvement; default 1e-4. */
  threshold?: number;
  /** Whether the threshold is a fraction of the best ("rel") or a difference ("abs"); default "rel". */
  thresholdMode?: "rel" | "abs";
  /** How many epochs after a reduction do not count as bad; default 0. */
  cooldown?: number;
  /** The learning rate never falls below; one number, or one for each group; default 0. */
  minLr?: number | readonly number[];
  /** A reduction by less than this is left out; default 1e-8. */
  eps?: number;
}
const optionNames: OptionNames<ReduceLROnPlateauOptions> = {
  mode: true,
  factor: true,
  patience: true,
  threshold: true,
  thresholdMode: true,
  cooldown: true,
  minLr: true,
  eps: true,
};

/**
 * Reduces the learning rate when a metric has stopped improving: `scheduler.step(validationLoss)` once an epoch.
 * @throws RangeError if factor is not below 1, a mode is unknown, or minLr does not fit the groups
 * @see torch.optim.lr_scheduler.ReduceLROnPlateau
 * @example
 * const optimizer = new optim.SGD(net.parameters(), { lr: 0.1 });
 * const scheduler = new optim.lrScheduler.ReduceLROnPlateau(optimizer, { patience: 1 });
 * for (const validationLoss of [2, 1, 1, 1]) scheduler.step(validationLoss);
 * console.log(scheduler.getLastLr()); // [0.01], up to rounding
 */
export class ReduceLROnPlateau {
  /** The best metric so far. */
  best: number;
  /** How often `step` was called. */
  lastEpoch = 0;
  // Named as in PyTorch's state dict.
  private readonly mode: "min" | "max";
  private readonly factor: number;
  private readonly patience: number;
  private readonly threshold: number;
  private readonly thresholdMode: "rel" | "abs";
  private readonly cooldown: number;
  private readonly minLrs: readonly number[];
  private readonly eps: number;
  private numBadEpochs = 0;
  private cooldownCounter = 0;

  constructor(
    private readonly optimizer: Schedulable,
    options: ReduceLROnPlateauOptions = {},
  ) {
    checkOptimizer("ReduceLROnPlateau", optimizer);
    checkOptions("ReduceLROnPlateau", options, optionNames, arguments, 1);
    const { mode = "min", factor = 0.1, patience = 10, threshold = 1e-4, thresholdMode = "rel" } = options;
    const { cooldown = 0, minLr = 0, eps = 1e-8 } = options;
    this.mode = mode;
    this.factor = factor;
    this.patience = patience;
    this.threshold = threshold;
    this.thresholdMode = thresholdMode;
    this.cooldown = cooldown;
    this.eps = eps;
    if (!(factor < 1)) throw new RangeError(`ReduceLROnPlateau: factor must be < 1, got ${factor}.`);
    checkWord("mode", mode, ["min", "max"]);
    checkWord("thresholdMode", thresholdMode, ["rel", "abs"]);
    const groups = optimizer.paramGroups;
    this.minLrs = typeof minLr === "number" ? groups.map(() => minLr) : [...minLr];
    if (this.minLrs.length !== groups.length)
      throw new RangeError(
        `ReduceLROnPlateau: ${groups.length} groups need as many minLr, got ${this.minLrs.length}. ` +
          `Give one number for all, or one each.`,
      );
    this.best = mode === "min" ? Infinity : -Infinity;
  }

  /** Takes note of an epoch's metric, and reduces the learning rates if it has not improved for long enough. */
  step(metric: number): void {
    if (typeof metric !== "number")
      throw new TypeError(
        `ReduceLROnPlateau: step needs the metric as a number, got ${typeof metric}. ` +
          `Call scheduler.step(await loss.item()).`,
      );
    const { patience, cooldown, factor, eps } = this;
    this.lastEpoch++;
    if (this.improves(metric)) {
      this.best = metric;
      this.numBadEpochs = 0;
    } else this.numBadEpochs++;
    if (this.cooldownCounter > 0) {
      this.cooldownCounter--;
      this.numBadEpochs = 0;
    }
    if (this.numBadEpochs <= patience) return;
    this.optimizer.paramGroups.forEach((group, i) => {
      const reduced = Math.max(group.lr * factor, this.minLrs[i]);
      if (group.lr - reduced > eps) group.lr = reduced;
    });
    this.cooldownCounter = cooldown;
    this.numBadEpochs = 0;
  }

  /** The present learning rate of each group. */
  getLastLr(): number[] {
    return this.optimizer.paramGroups.map((group) => group.lr);
  }

  /**
   * The settings, the best metric and how far it is, in PyTorch's words.
   * @see torch.optim.lr_scheduler.ReduceLROnPlateau.state_dict
   */
  stateDict(): SchedulerState {
    return { ...stateOf(this), _last_lr: this.getLastLr() };
  }
  /**
   * Goes on where the scheduler that gave `state` was. Load the optimizer's state too.
   * @throws DataError if it is the state of another scheduler, or has another number of groups
   * @see torch.optim.lr_scheduler.ReduceLROnPlateau.load_state_dict
   */
  loadStateDict(state: SchedulerState): void {
    loadState(this, state);
  }

  private improves(metric: number): boolean {
    const { mode, threshold, thresholdMode } = this;
    const sign = mode === "min" ? 1 : -1;
    const limit = thresholdMode === "rel" ? this.best * (1 - sign * threshold) : this.best - sign * threshold;
    return sign * metric < sign * limit;
  }
}

function checkWord(name: string, value: string, words: readonly string[]): void {
  if (!words.includes(value))
    throw new RangeError(
      `ReduceLROnPlateau: ${name} must be ${words.map((word) => `"${word}"`).join(" or ")}, got "${value}".`,
    );
}
