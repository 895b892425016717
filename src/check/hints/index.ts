/** Likely causes of wrong numbers, found from the numbers alone: one file a family, the surest first. */
import type { Given } from "../given";
import { mistakeMade, type Mistake } from "../mistake";
import type { Read } from "../numbers";
import { bias } from "./bias";
import { convolution } from "./convolution";
import { dtype } from "./dtype";
import type { Evidence, Hint } from "./evidence";
import { finite } from "./finite";
import { gradients } from "./gradients";
import { loops } from "./loops";
import { order } from "./order";
import { pooling } from "./pooling";
import { relu } from "./relu";
import { scale } from "./scale";
import { softmax } from "./softmax";
import { window } from "./window";

const families: readonly (Hint | ((evidence: Evidence) => Promise<string | null>))[] = [
  finite,
  convolution,
  pooling,
  scale,
  order,
  softmax,
  relu,
  gradients,
  bias,
  loops,
  dtype,
  window,
];

/**
 * A sentence about the likely cause of a difference; null if the numbers show none.
 * @param given    inputs of what was tested: one that was changed is the cause
 * @param mistakes that the author of the check knows; they go before those that are known here
 */
export async function likelyCause(
  got: Read,
  expected: Read,
  given: Given | null,
  mistakes: readonly Mistake[] = [],
): Promise<string | null> {
  const changed = await given?.changed();
  if (changed) return changedInPlace(changed);
  const made = await mistakeMade(mistakes, got, expected);
  if (made !== null) return made;
  const evidence: Evidence = { got, expected, inputs: (await given?.numbers()) ?? {} };
  for (const family of families) {
    const found = await family(evidence);
    if (found !== null) return found;
  }
  return null;
}

/** About an input that is not as before. */
export const changedInPlace = (name: string): string =>
  `${name} was changed in place: write into a new tensor or array, or into a copy.`;
