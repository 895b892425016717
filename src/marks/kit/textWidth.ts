/** How wide words are in a sans-serif font, near enough to cut them alike in a picture, where nothing measures, and in a page. */
import { fitText } from "./words";

/** Widths as shares of the font's size, after DejaVu Sans: no usual font is wider. The widest of a group counts. */
const GROUPS: readonly (readonly [letters: string, width: number])[] = [
  ["ijl'", 0.28],
  [" ,.·:;/|IJf-", 0.36],
  ['()[]tr!"', 0.46],
  ["*_szc?L", 0.56],
  ["ABCDGHKNOQRUVXZ&", 0.79],
  ["#+<=>~×−→≤wM", 0.86],
  ["%@…mW", 1],
];
const WIDTHS = new Map(GROUPS.flatMap(([letters, width]) => [...letters].map((letter) => [letter, width] as const)));
const USUAL = 0.64;
/** What is beyond Latin may be as wide as high. */
const WIDE = 1;

/** A bold letter is wider by this factor. */
const BOLD = 1.12;

/** CSS pixels that the words take, rather too many than too few. */
export const textWidth = (words: string, size: number, bold = false): number =>
  [...words].reduce((sum, letter) => sum + (WIDTHS.get(letter) ?? (letter > "\u024f" ? WIDE : USUAL)), 0) *
  size *
  (bold ? BOLD : 1);

/** The words, cut with "…" where they would be wider than `width`. */
export const cutText = (words: string, width: number, size: number, bold = false): string =>
  fitText(words, width, (some) => textWidth(some, size, bold));
