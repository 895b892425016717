/** The largest difference between two results, relative to the largest number; infinite where they cannot be compared. */
export function differenceOf(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Infinity;
  const largest = Math.max(...a.map(Math.abs), 1e-30);
  const difference = Math.max(0, ...a.map((value, i) => Math.abs(value - b[i])));
  // A NaN is no agreement.
  return Number.isFinite(difference) ? difference / largest : Infinity;
}
