/** Statistics of channels, computed in float64. */
import { sizeOf, type Shape } from "../../tensor/shape";

export interface Moments {
  /** Of each channel. */
  mean: number[];
  /** The root of the biased variance, by which batch normalisation divides. */
  deviation: number[];
  /** The numbers of a channel in a tensor of the same shape. */
  of(values: ArrayLike<number>, channel: number): Float64Array;
}

/** Mean and standard deviation of each channel of [N,C,...]. */
export function momentsOf(values: ArrayLike<number>, [N, C, ...rest]: Shape): Moments {
  const inner = sizeOf(rest);
  const of = (from: ArrayLike<number>, channel: number): Float64Array =>
    Float64Array.from(
      { length: N * inner },
      (_, i) => from[(Math.floor(i / inner) * C + channel) * inner + (i % inner)],
    );
  const mean: number[] = [];
  const deviation: number[] = [];
  for (let channel = 0; channel < C; channel++) {
    const own = of(values, channel);
    const middle = own.reduce((sum, value) => sum + value, 0) / own.length;
    mean.push(middle);
    deviation.push(Math.sqrt(own.reduce((sum, value) => sum + (value - middle) ** 2, 0) / own.length));
  }
  return { mean, deviation, of };
}

/** Bars from the smallest number of all to the largest. */
const BINS = 48;

/** For each list of numbers the percentages that lie around each place; the places are the same for all. */
export function histogram(lists: readonly Float64Array[]): { x: number[]; y: number[] }[] {
  let [min, max] = [Infinity, -Infinity];
  for (const list of lists)
    for (const value of list) if (Number.isFinite(value)) [min, max] = [Math.min(min, value), Math.max(max, value)];
  if (min > max) [min, max] = [0, 1];
  if (min === max) [min, max] = [min - 0.5, max + 0.5];
  const width = (max - min) / BINS;
  const x = Array.from({ length: BINS }, (_, i) => min + (i + 0.5) * width);
  return lists.map((list) => {
    const y = new Array<number>(BINS).fill(0);
    for (const value of list)
      if (Number.isFinite(value)) y[Math.min(BINS - 1, Math.floor((value - min) / width))] += 100 / list.length;
    return { x, y };
  });
}
