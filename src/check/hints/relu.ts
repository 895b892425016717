/** A ReLU that is missing, or one too many. */
import { sameShape } from "../../tensor/shape";
import { agree, explains, type Evidence } from "./evidence";

export function relu(evidence: Evidence): string | null {
  const { got, expected } = evidence;
  if (!sameShape(got.shape, expected.shape)) return null;
  const positive = (values: ArrayLike<number>): number[] => Array.from(values, (value) => Math.max(0, value));
  // Where all numbers are cut off there is nothing to recognise them by.
  const isSeen = (values: ArrayLike<number>): boolean => Array.from(values).filter((value) => value > 0).length >= 2;
  if (isSeen(expected.values) && agree(positive(got.values), expected.values) && !agree(got.values, expected.values))
    return "the ReLU is missing: numbers below zero should be zero.";
  if (isSeen(got.values) && explains(evidence, positive(expected.values)))
    return "numbers below zero were set to zero: is there a ReLU too many, or a maximum that begins at 0?";
  return null;
}
