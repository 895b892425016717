/** How far a run is, and how long the rest takes at the pace so far. */
import { durationText } from "../text/duration";

export class Progress {
  /** What was done at the first call, from which the pace counts, and what has been done since. */
  private first: { done: number; at: number } | undefined;
  private last = { done: 0, at: 0 };

  /**
   * @param total how much there is to do, above 0
   * @param unit  what is counted, in the singular: "step"
   * @param clock milliseconds
   */
  constructor(
    private readonly total: number,
    private readonly unit: string,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** @param done how much has been done by now */
  reach(done: number): void {
    this.last = { done, at: this.clock() };
    this.first ??= this.last;
  }

  /** "step 40 of 100, 12 s left", "step 100 of 100 in 20 s"; empty before the first call. */
  words(): string {
    const { first, last, total, unit } = this;
    if (!first) return "";
    const head = `${unit} ${count(last.done)} of ${count(total)}`;
    if (last.done >= total) return `${head} in ${durationText(last.at - first.at)}`;
    const done = last.done - first.done;
    if (done <= 0) return head;
    return `${head}, ${durationText(((last.at - first.at) / done) * (total - last.done))} left`;
  }
}

const count = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 2 });
