/** Scores above this are rare, and their exponentials are too long to be read. */
const LARGEST_SHOWN = 30;

/** What is subtracted from all scores before exp, so that it stays a number that can be read: 0 or the largest score. */
export function softmaxShift(scores: ArrayLike<number>): number {
  let [size, largest] = [0, -Infinity];
  for (let i = 0; i < scores.length; i++) {
    size = Math.max(size, Math.abs(scores[i]));
    largest = Math.max(largest, scores[i]);
  }
  return size < LARGEST_SHOWN ? 0 : largest;
}

/** The sentence that goes with it. */
export const SHIFT_WORDS = "The largest score is subtracted from all, which changes no probability.";
