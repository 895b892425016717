import type { Tensor } from "../tensor/tensor";

/** The mean loss over the inputs of batches, and for classes the share of right answers. */
export class Tally {
  /** How many inputs there were. */
  count = 0;
  private sum = 0;
  private right = 0;
  private answers = 0;
  private classifies = true;
  /** The share of right answers in the last batch, 0..1; undefined where `accuracy` is. */
  last: number | undefined;

  /**
   * Counts a batch of `size` inputs in and gives its loss. Right is a label that has the highest score; labels that are no class are those
   * that the criterion leaves out (`ignoreIndex`).
   */
  async add(size: number, loss: Tensor, output: Tensor, targets: Tensor): Promise<number> {
    this.classifies &&= output.shape.length === 2 && targets.shape.length === 1 && targets.dtype === "int32";
    const [value, scores, labels] = await Promise.all([
      loss.item(),
      this.classifies ? output.data() : [],
      this.classifies ? targets.data() : [],
    ]);
    const classes = output.shape[1];
    let [answers, right] = [0, 0];
    for (let n = 0; n < labels.length; n++) {
      const label = labels[n];
      if (label < 0 || label >= classes) continue;
      answers++;
      if (isHighest(scores, n * classes, classes, label)) right++;
    }
    this.answers += answers;
    this.right += right;
    this.last = answers > 0 ? right / answers : undefined;
    this.sum += value * size;
    this.count += size;
    return value;
  }

  get loss(): number {
    return this.sum / this.count;
  }
  /** 0..1; undefined unless all outputs were scores [N,C] against labels [N]. */
  get accuracy(): number | undefined {
    return this.classifies && this.answers > 0 ? this.right / this.answers : undefined;
  }
}

/** Whether score `label` of a row is above all others, or the first of those that are; NaN is not. */
function isHighest(scores: ArrayLike<number>, start: number, classes: number, label: number): boolean {
  const own = scores[start + label];
  for (let c = 0; c < classes; c++)
    if (scores[start + c] > own || (c < label && scores[start + c] === own)) return false;
  return !Number.isNaN(own);
}
