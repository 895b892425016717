/** What became of one random case. */
export interface Outcome {
  /** What it tried: ops, or ways of conv2d. */
  covers: readonly string[];
  problems: readonly string[];
  /** The case, for whoever looks into it. */
  what: string;
}
