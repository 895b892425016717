/** A named line of points, and what a chart makes of it. */
import { movingAverage, type ChartLine } from "../marks";

export interface Line {
  name: string;
  x: readonly number[];
  y: readonly number[];
}

/** Bundles hold at most this many points a line: more than a screen has columns to tell apart. */
export const MOST_POINTS = 500;

/** The line with at most `most` points: of each stretch its lowest and highest, so that spikes stay. */
export function thin({ name, x, y }: Line, most: number = MOST_POINTS): Line {
  if (x.length <= most) return { name, x, y };
  const stretches = Math.floor(most / 2);
  const kept = new Set<number>([0, x.length - 1]);
  for (let s = 0; s < stretches - 1; s++) {
    const end = Math.floor(((s + 1) * x.length) / (stretches - 1));
    let [low, high] = [-1, -1];
    for (let i = Math.floor((s * x.length) / (stretches - 1)); i < end; i++) {
      if (!Number.isFinite(y[i])) continue;
      if (low < 0 || y[i] < y[low]) low = i;
      if (high < 0 || y[i] > y[high]) high = i;
    }
    if (low >= 0) kept.add(low).add(high);
  }
  const order = [...kept].sort((a, b) => a - b);
  return { name, x: order.map((i) => x[i]), y: order.map((i) => y[i]) };
}

/** The line with at most `most` of its points, evenly spaced, first and last among them: for lines without spikes. */
export function sample({ name, x, y }: Line, most: number = MOST_POINTS): Line {
  if (x.length <= most) return { name, x, y };
  const order = Array.from({ length: most }, (_, i) => Math.round((i * (x.length - 1)) / (most - 1)));
  return { name, x: order.map((i) => x[i]), y: order.map((i) => y[i]) };
}

/**
 * The lines as a chart carries them: thinned, each behind its moving average.
 * @param weight  of the past in the average, 0 (no average) to below 1
 */
export function chartLines(lines: readonly Line[], weight: number): ChartLine[] {
  return lines.flatMap((line, colour) => {
    const points = { ...packed(thin(line)), colour, ...(line.x.length > MOST_POINTS ? { points: line.x.length } : {}) };
    if (weight === 0) return [points];
    return [
      { ...points, pale: true },
      { ...packed(sample({ ...line, y: movingAverage(line.y, weight) })), colour },
    ];
  });
}

/** The line as JSON carries it. */
export function packed({ name, x, y }: Line): Pick<ChartLine, "name" | "x" | "y" | "infinite"> {
  const infinite = y.flatMap((value, i): [number, 1 | -1][] =>
    value === Infinity ? [[i, 1]] : value === -Infinity ? [[i, -1]] : [],
  );
  return { name, x: x.map(short), y: y.map(short), ...(infinite.length > 0 ? { infinite } : {}) };
}

/** Five digits are more than a screen shows; JSON has no NaN, and null leaves a gap in the line. */
export const short = (value: number): number | null =>
  Number.isFinite(value) ? Number(value.toPrecision(Number.isInteger(value) ? 15 : 5)) : null;
