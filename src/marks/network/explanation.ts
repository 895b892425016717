/** How one number of a node came about. */

/** A number that took part. */
export interface Term {
  /** Which of the node's operands it is a number of. */
  operand: number;
  /** Its place among the operand's numbers; -1 in the padding, which has none. */
  at: number;
  value: number;
  /** What it was multiplied by, and the place of that among the weight's numbers. */
  weight?: number;
  weightAt?: number;
}

/** What one input channel contributes: the terms `from` to `to` (not included), and their sum. */
export interface ChannelSum {
  channel: number;
  from: number;
  to: number;
  sum: number;
}

export interface Explanation {
  terms: Term[];
  /** For convolutions: the terms' sums, channel by channel. */
  channels?: ChannelSum[];
  /** What is added to the sum, or was; null where there is none. */
  bias?: number | null;
  /** Which term a maximum took. */
  winner?: number;
  /** What a sum is divided by. */
  divisor?: number;
  /** Numbers by name that the formula uses besides: mean, variance, what is subtracted from all scores. */
  named?: Record<string, number>;
  /** What the arithmetic comes to, in double precision. */
  result: number;
}
