/** Which images of a stream are shown. */
import type { DType, TypedArray } from "../../devices/device";
import type { Random } from "../../tensor/random";

export type Order = "worst" | "first" | "random";

/** What a network says of an image. */
export interface Guess {
  /** The number of the image in the data. */
  index: number;
  truth: number;
  guess: number;
  loss: number;
  /** The probability of each class. */
  scores: TypedArray;
  pixels: TypedArray;
  dtype: DType;
}

/** At most `count` guesses of all that are offered, one after another. */
export class Chosen {
  /** How many were offered, and how many of them are wrong. */
  seen = 0;
  wrong = 0;
  private readonly kept: Guess[] = [];

  /** @param random draws which stay, in order "random" */
  constructor(
    private readonly count: number,
    private readonly order: Order,
    private readonly random: Random,
  ) {}

  /** Whether none that comes later can be among them. */
  get isFull(): boolean {
    return this.order === "first" && this.kept.length === this.count;
  }

  offer(guess: Omit<Guess, "index">): void {
    if (this.isFull) return;
    const { kept, count, order } = this;
    const index = this.seen++;
    if (guess.guess !== guess.truth) this.wrong++;
    // A copy: the batch is not to be held for one image of it.
    const keep = (): Guess => ({ ...guess, index, scores: guess.scores.slice(), pixels: guess.pixels.slice() });
    if (order === "worst") {
      let at = kept.length;
      while (at > 0 && rank(kept[at - 1].loss) < rank(guess.loss)) at--;
      if (at >= count) return;
      kept.splice(at, 0, keep());
      if (kept.length > count) kept.pop();
    } else if (kept.length < count) kept.push(keep());
    else {
      // Each of so many stays with the same probability (Vitter 1985, algorithm R).
      const place = this.random.int(this.seen);
      if (place < count) kept[place] = keep();
    }
  }

  /** In falling order of the loss, or in the data's. */
  result(): Guess[] {
    return this.order === "worst" ? this.kept : [...this.kept].sort((a, b) => a.index - b.index);
  }
}

/** A loss that is no number is the worst there is. */
const rank = (loss: number): number => (Number.isNaN(loss) ? Infinity : loss);
