/** Numbers into bins of one width. */

export interface Bins {
  /** One more than there are bins. */
  edges: number[];
  counts: number[];
}

/**
 * How many finite values lie in each bin; the last bin has its upper edge too.
 * @param range of the first and the last edge
 * @see numpy.histogram
 */
export function binned(values: ArrayLike<number>, bins: number, [min, max]: readonly [number, number]): Bins {
  const counts = new Array<number>(bins).fill(0);
  const scale = bins / (max - min);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value >= min && value <= max) counts[Math.min(bins - 1, Math.floor((value - min) * scale))]++;
  }
  const edges = Array.from({ length: bins + 1 }, (_, i) => min + ((max - min) * i) / bins);
  edges[bins] = max;
  return { edges, counts };
}

/** Where bins begin and end: the finite values' own range, or half a unit to both sides of a single value. */
export function binRange(lists: readonly ArrayLike<number>[]): [min: number, max: number] {
  let [min, max] = [Infinity, -Infinity];
  for (const values of lists)
    for (let i = 0; i < values.length; i++) {
      if (!Number.isFinite(values[i])) continue;
      if (values[i] < min) min = values[i];
      if (values[i] > max) max = values[i];
    }
  if (min > max) return [0, 1];
  if (max > min && (max - min) / 1e6 > Number.EPSILON * Math.max(Math.abs(min), Math.abs(max))) return [min, max];
  // A single value, or values so close that edges between them would be equal.
  const half = Math.max(0.5, Math.abs(min) * 1e-3);
  return [min - half, max + half];
}

/**
 * How many bins suit so many values: Sturges' rule, or Freedman and Diaconis' where it gives more; 100 at most.
 * @see numpy.histogram_bin_edges, "auto"
 */
export function usualBins(values: readonly number[]): number {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return 1;
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))];
  const width = (2 * (at(0.75) - at(0.25))) / Math.cbrt(sorted.length);
  const sturges = Math.ceil(Math.log2(sorted.length)) + 1;
  const fine = width > 0 ? Math.ceil((sorted[sorted.length - 1] - sorted[0]) / width) : 0;
  return Math.min(100, Math.max(sturges, fine));
}
