/** A line that grows for hours and is drawn four times a second: it is condensed as it grows, so that drawing it costs the same always. */
import { packed, type Line } from "../series";
import type { ChartLine } from "../../marks";

/** Points that follow each other, of which the lowest and the highest are drawn, so that spikes stay. */
interface Stretch {
  low: Point | undefined;
  high: Point | undefined;
  /** The first that is no finite number: a gap. */
  gap: Point | undefined;
  /** The moving average at its end. */
  average: Point | undefined;
}
type Point = readonly [x: number, y: number];

/** Points that the moving average weighs most; until there are as many it is the mean of all. */
export const WINDOW = 30;

export class GrowingLine {
  private stretches: Stretch[] = [];
  /** How many points each stretch but the last holds, and how many that one. */
  private width = 1;
  private filled = 0;
  private mean = 0;
  /** How many finite points the moving average has seen. */
  private seen = 0;
  private lastY = NaN;
  count = 0;

  /** @param most stretches that are kept at most, an even number; each is two points of the line */
  constructor(private readonly most = 180) {}

  add(x: number, y: number): void {
    this.count++;
    this.lastY = y;
    if (Number.isFinite(y)) this.mean += (y - this.mean) / Math.min(++this.seen, WINDOW);
    if (this.stretches.length === 0 || this.filled === this.width) this.open();
    this.filled++;
    const last = this.stretches[this.stretches.length - 1];
    if (!Number.isFinite(y)) last.gap ??= [x, y];
    else {
      const point: Point = [x, y];
      if (!last.low || y < last.low[1]) last.low = point;
      if (!last.high || y > last.high[1]) last.high = point;
      last.average = [x, this.mean];
    }
  }

  /** The moving average begins anew: what came before has nothing to do with what comes now. */
  restart(): void {
    this.seen = 0;
  }

  /** The moving average now; what is no finite number is told as it is. Undefined before the first point. */
  get latest(): number | undefined {
    if (this.count === 0) return undefined;
    return Number.isFinite(this.lastY) ? this.mean : this.lastY;
  }

  /** The last point. Undefined before the first. */
  get last(): number | undefined {
    return this.count === 0 ? undefined : this.lastY;
  }

  /** The points themselves, condensed. */
  points(): Omit<Line, "name"> {
    return columns(
      this.stretches.flatMap(({ low, high, gap }) =>
        [low, high === low ? undefined : high, gap].filter((point) => point !== undefined).sort((a, b) => a[0] - b[0]),
      ),
    );
  }

  /** Their moving average, condensed. */
  averages(): Omit<Line, "name"> {
    return columns(this.stretches.flatMap(({ average }) => (average ? [average] : [])));
  }

  private open(): void {
    if (this.stretches.length === this.most) {
      this.stretches = Array.from({ length: this.most / 2 }, (_, i) =>
        joined(this.stretches[2 * i], this.stretches[2 * i + 1]),
      );
      this.width *= 2;
    }
    this.stretches.push({ low: undefined, high: undefined, gap: undefined, average: undefined });
    this.filled = 0;
  }
}

function joined(a: Stretch, b: Stretch): Stretch {
  return {
    low: !a.low || (b.low && b.low[1] < a.low[1]) ? b.low : a.low,
    high: !a.high || (b.high && b.high[1] > a.high[1]) ? b.high : a.high,
    gap: a.gap ?? b.gap,
    average: b.average ?? a.average,
  };
}

const columns = (points: readonly Point[]): Omit<Line, "name"> => ({
  x: points.map(([x]) => x),
  y: points.map(([, y]) => y),
});

/** What a chart carries of points. */
export const chartLine = (
  name: string,
  points: Omit<Line, "name">,
  look: Pick<ChartLine, "colour"> & Partial<ChartLine>,
): ChartLine => ({ ...packed({ name, ...points }), ...look });
