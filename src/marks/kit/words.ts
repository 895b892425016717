/** Texts of pictures and pages. */

/** The words, cut with "…" at the end if `measure` says that they are wider than `width`. */
export function fitText(words: string, width: number, measure: (words: string) => number): string {
  if (measure(words) <= width) return words;
  let [fits, tooLong] = [0, words.length];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (measure(`${words.slice(0, middle)}…`) <= width) fits = middle;
    else tooLong = middle;
  }
  // Not within a character of two code units.
  if (/[\ud800-\udbff]/.test(words.charAt(fits - 1))) fits--;
  return fits === 0 ? "" : `${words.slice(0, fits)}…`;
}

/** The words in lines, each broken between words where `measure` says that it is wider than `width`. */
export function wrapped(words: string, width: number, measure: (words: string) => number): string[] {
  const lines: string[] = [];
  for (const word of words.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`;
    if (lines.length > 0 && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** "1 number is NaN or infinite", "3 numbers are NaN or infinite". */
export const unusualWords = (count: number): string =>
  `${count} ${count === 1 ? "number is" : "numbers are"} NaN or infinite`;
