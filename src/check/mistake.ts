/** Likely mistakes that the author of a check knows, with the numbers that each gives. */
import { checkText } from "../arguments";
import { sameShape } from "../tensor/shape";
import { checkReadable, copyOf, read, type Numbers, type Read } from "./numbers";

export interface Mistake {
  /** A sentence that names the mistake. */
  readonly words: string;
  readonly numbers: Numbers;
}

/** @throws TypeError if the words are none, or the numbers are neither a tensor nor numbers */
export function readMistake(words: string, numbers: Numbers): Mistake {
  checkText("mistake", "words", words, 'Write mistake("The bias is missing.", numbersWithoutBias).');
  checkReadable("mistake", "numbers", numbers);
  return { words, numbers: copyOf(numbers) };
}

/** How far two numbers may be apart that are one, as a part of the largest: float32 sums in another order. */
const ROUNDING = 1e-4;

/** The words of the first mistake whose numbers are those that came, and not those that are expected; null if there is none. */
export async function mistakeMade(mistakes: readonly Mistake[], got: Read, expected: Read): Promise<string | null> {
  for (const { words, numbers } of mistakes) {
    const wrong = await read("mistake", "numbers", numbers);
    if (isSame(got, wrong) && !isSame(expected, wrong)) return words;
  }
  return null;
}

function isSame(a: Read, b: Read): boolean {
  if (!sameShape(a.shape, b.shape)) return false;
  let largest = 0;
  for (let i = 0; i < b.values.length; i++) largest = Math.max(largest, Math.abs(b.values[i]));
  for (let i = 0; i < b.values.length; i++)
    if (!(Math.abs(a.values[i] - b.values[i]) <= ROUNDING * largest)) return false;
  return true;
}
