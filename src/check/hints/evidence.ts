import type { Read } from "../numbers";

/** What a hint is found from. */
export interface Evidence {
  readonly got: Read;
  readonly expected: Read;
  /** Inputs of what is tested, by name, as far as the test gives them. */
  readonly inputs: Readonly<Record<string, Read>>;
}

/** Finds the likely cause of wrong numbers: a sentence, or null. It never speaks on a guess: the numbers must fit. */
export type Hint = (evidence: Evidence) => string | null;

/** How far two numbers may be apart that are one, as a part of the largest: float32 sums in another order. */
const ROUNDING = 1e-4;

/** Whether two lists of numbers are the same but for rounding. */
export function near(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  const largest = largestOf(b);
  for (let i = 0; i < a.length; i++) if (!(Math.abs(a[i] - b[i]) <= ROUNDING * largest)) return false;
  return true;
}

/** Whether they are near, and tell something: zeros alone do not. */
export const agree = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => largestOf(b) > 0 && near(a, b);

function largestOf(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  return largest;
}

/** Whether what came is what a mistake would give: it must not be what is expected, too. */
export const explains = ({ got, expected }: Evidence, mistake: ArrayLike<number>): boolean =>
  mistake.length > 1 && agree(got.values, mistake) && !agree(expected.values, mistake);

/** One input that is a number, such as a stride. */
export const numberIn = ({ inputs }: Evidence, name: string): number | undefined =>
  inputs[name]?.values.length === 1 ? Number(inputs[name].values[0]) : undefined;

/** An image [H,W] or [C,H,W] as a batch of one, [1,C,H,W]; filters [R,S] and [C,R,S] as one filter of a layer. */
export const asBatch = (read: Read): Read => ({
  ...read,
  shape: [...[1, 1, 1, 1].slice(Math.min(read.shape.length, 4)), ...read.shape],
});
