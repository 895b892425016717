/** Compiles the text of cells. A Web Worker knows no signals: guards end loops, and nothing ends the code of libraries. */

const evaluate = globalThis.eval;

/**
 * The value of a text that the kernel has put `head` before and `tail` behind.
 * @param name what stack traces call the text; its lines count from one
 */
export function compile(head: string, text: string, tail: string, name: string): unknown {
  // The head shares line 1 with TypeScript's first line, which is never the user's.
  return evaluate(`${head} ${text}\n${tail}\n//# sourceURL=${name}`);
}

export function breakable<T>(body: () => T, _broken: () => Error): T {
  return body();
}
