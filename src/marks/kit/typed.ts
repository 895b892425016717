/** What readers type. */

/** Thousands apart, as views write 7,117 and 11,689,512. */
const THOUSANDS = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/;

/**
 * The number that was typed; undefined if it is none. Commas between thousands go; any other single comma is a point, since half the
 * world writes 0,5. A minus may be the one that views write.
 */
export function readNumber(text: string): number | undefined {
  const plain = text
    .trim()
    .replace(/^\u2212/, "-")
    .replace(/e\u2212/i, "e-");
  const trimmed = THOUSANDS.test(plain) ? plain.replace(/,/g, "") : plain.replace(/^([^.,]*),([^.,]*)$/, "$1.$2");
  const value = trimmed === "" ? NaN : Number(trimmed);
  return Number.isFinite(value) ? value : undefined;
}
