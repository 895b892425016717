/** Jupyter counts characters in code points, TypeScript in UTF-16 units. */

export function toUnits(text: string, codePoints: number): number {
  let units = 0;
  for (const character of text) {
    if (codePoints-- <= 0) return units;
    units += character.length;
  }
  return units;
}

export function toCodePoints(text: string, units: number): number {
  return [...text.slice(0, units)].length;
}
