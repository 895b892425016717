import type { Random } from "../tensor/random";

/** Rows of numbers, one after another. */
export interface Rows {
  values: Float64Array;
  count: number;
  width: number;
}

/** The squared distance of row i of `a` from row j of `b`. */
export function squaredDistance(a: Rows, i: number, b: Rows, j: number): number {
  let sum = 0;
  for (let k = 0, p = i * a.width, q = j * b.width; k < a.width; k++, p++, q++) {
    const difference = a.values[p] - b.values[q];
    sum += difference * difference;
  }
  return sum;
}

/** The row of `centres` that is nearest to row i, and how far it is, squared. */
export function nearestOf(rows: Rows, i: number, centres: Rows): [index: number, distance: number] {
  let best = 0;
  let least = Infinity;
  for (let c = 0; c < centres.count; c++) {
    const distance = squaredDistance(rows, i, centres, c);
    if (distance < least) [best, least] = [c, distance];
  }
  return [best, least];
}

/**
 * Centres of groups of rows that lie close together: Lloyd's method from the start of k-means++. Ends when no row
 * changes its group. @see Arthur & Vassilvitskii 2007
 */
export function kMeans(rows: Rows, count: number, iterations: number, random: Random): Rows {
  const centres = start(rows, count, random);
  const group = new Int32Array(rows.count).fill(-1);
  for (let iteration = 0; iteration < iterations; iteration++) {
    let changed = false;
    for (let i = 0; i < rows.count; i++) {
      const [best] = nearestOf(rows, i, centres);
      if (best !== group[i]) changed = true;
      group[i] = best;
    }
    if (!changed) break;
    const sums = new Float64Array(centres.values.length);
    const sizes = new Int32Array(count);
    for (let i = 0; i < rows.count; i++) {
      sizes[group[i]]++;
      for (let k = 0; k < rows.width; k++) sums[group[i] * rows.width + k] += rows.values[i * rows.width + k];
    }
    // A group that has lost all its rows stays where it was.
    for (let k = 0; k < sums.length; k++) {
      const size = sizes[Math.floor(k / rows.width)];
      if (size > 0) centres.values[k] = sums[k] / size;
    }
  }
  return centres;
}

/** Rows drawn one by one, the likelier the farther they lie from those drawn before. */
function start(rows: Rows, count: number, random: Random): Rows {
  const { width } = rows;
  const centres: Rows = { values: new Float64Array(count * width), count, width };
  const distances = new Float64Array(rows.count).fill(Infinity);
  let chosen = random.int(rows.count);
  for (let c = 0; c < count; c++) {
    centres.values.set(rows.values.subarray(chosen * width, (chosen + 1) * width), c * width);
    let total = 0;
    for (let i = 0; i < rows.count; i++) {
      distances[i] = Math.min(distances[i], squaredDistance(rows, i, centres, c));
      total += distances[i];
    }
    let rest = total * random.next();
    chosen = total > 0 ? distances.findIndex((distance) => (rest -= distance) < 0) : random.int(rows.count);
    if (chosen < 0) chosen = rows.count - 1;
  }
  return centres;
}
