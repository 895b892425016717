/** What readers type. */

/** The number that was typed; undefined if it is none. A single comma is a point: half the world writes 0,5. */
export function readNumber(text: string): number | undefined {
  const trimmed = text.trim().replace(/^([^.,]*),([^.,]*)$/, "$1.$2");
  const value = trimmed === "" ? NaN : Number(trimmed);
  return Number.isFinite(value) ? value : undefined;
}
