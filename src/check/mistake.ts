/** Likely mistakes that the author of a check knows, with the numbers that each gives. */
import { checkText } from "../arguments";
import { sameShape } from "../tensor/shape";
import { near } from "./hints/evidence";
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

/** The words of the first mistake whose numbers are those that came, and not those that are expected; null if there is none. */
export async function mistakeMade(mistakes: readonly Mistake[], got: Read, expected: Read): Promise<string | null> {
  for (const { words, numbers } of mistakes) {
    const wrong = await read("mistake", "numbers", numbers);
    if (isSame(got, wrong) && !isSame(expected, wrong)) return words;
  }
  return null;
}

const isSame = (a: Read, b: Read): boolean => sameShape(a.shape, b.shape) && near(a.values, b.values);
