/** From values to pixels: the axes of a static chart. */
import { tickLabel, ticks } from "../kit/ticks";
import type { ChartLine, ChartMark } from "./payload";

/** Pixels of a bar from which on its number fits. */
export const NUMBER_ROOM = 11;

/** Lines of fewer points show each of them. */
export const MARKERS_BELOW = 30;

export interface Axis {
  ticks: { at: number; words: string }[];
  /** The pixel of a value. */
  place(value: number): number;
}

/** From the lowest to the highest value of an axis, and whether it is logarithmic. */
export interface Span {
  min: number;
  max: number;
  log: boolean;
}

/** Whether a logarithmic axis has ticks at 2 and 5 times a power of ten too: over two decades at most. */
export const isFine = ({ min, max }: Pick<Span, "min" | "max">): boolean => max - min <= 2;

export const isBar = ({ kind }: ChartLine): boolean => kind === "bar" || kind === "histogram";

/** Of an axis's height: what the upright numbers above bars need. */
const NUMBERS = 0.16;

/**
 * The vertical axis of some lines.
 * @param range its ends, unless it is logarithmic; default what the lines need
 */
export function verticalSpan(lines: readonly ChartLine[], log: boolean, range?: ChartMark["range"]): Span {
  const bare = bareSpan(lines, log, range);
  if (log || !lines.some(({ numbers }) => numbers)) return bare;
  const room = NUMBERS * (bare.max - bare.min);
  return { ...bare, min: bare.min < 0 ? bare.min - room : bare.min, max: bare.max + room };
}

function bareSpan(lines: readonly ChartLine[], log: boolean, range: ChartMark["range"]): Span {
  if (range && !log) {
    const [min, max] = range;
    // The dot of a point at an end is to be seen in full.
    const pad = lines.some(isBar) ? 0 : 0.02 * (max - min);
    return { min: min - pad, max: max + pad, log };
  }
  const values = lines.flatMap(({ y }) => y).filter(isNumber);
  if (log) return span(values.map(positive).filter(isNumber).map(Math.log10), 0.04, true);
  // A bar stands on zero, and what ends at zero needs no margin there.
  if (!lines.some(isBar)) return span(values, 0.04, false);
  const { min, max } = span([...values, 0], 0.04, false);
  return { min: values.some((value) => value < 0) ? min : 0, max, log: false };
}

/** The horizontal axis of all lines; bars have their width, and words a slot each. */
export function horizontalSpan({ lines, categories, logX = false }: ChartMark): Span {
  if (categories) return { min: -0.5, max: Math.max(categories.length, 1) - 0.5, log: false };
  const ends = lines.flatMap((line) => {
    if (line.edges) return line.edges;
    const some = line.x.filter(isNumber);
    return line.kind === "bar" ? some.flatMap((x) => [x - slotOf(lines) / 2, x + slotOf(lines) / 2]) : some;
  });
  const margin = lines.some(({ kind }) => kind === "scatter") ? 0.03 : 0;
  return logX ? span(ends.map(positive).filter(isNumber).map(Math.log10), margin, true) : span(ends, margin, false);
}

/** The least distance of two bars. */
export function slotOf(lines: readonly ChartLine[]): number {
  const places = [...new Set(lines.filter(({ kind }) => kind === "bar").flatMap(({ x }) => x.filter(isNumber)))];
  places.sort((a, b) => a - b);
  const least = places.reduce((least, x, i) => (i > 0 ? Math.min(least, x - places[i - 1]) : least), Infinity);
  return least === Infinity ? 1 : least;
}

/** Whether the numbers along x are all whole, as epochs are: then so are the ticks. */
export const isWhole = ({ lines, categories, logX = false }: ChartMark): boolean =>
  !logX &&
  !categories &&
  lines.length > 0 &&
  lines.every(({ edges, x }) => !edges && x.every((value) => value === null || Number.isInteger(value)));

/** What has a logarithm; null, which leaves a gap, for what has none. */
export const positive = (value: number | null): number | null => (value !== null && value > 0 ? value : null);

export const isNumber = (value: number | null): value is number => value !== null;

/** Whether a line shows each of its points. */
export const hasDots = ({ kind = "line", x, pale }: ChartLine): boolean =>
  kind === "scatter" || (kind === "line" && !pale && x.length < MARKERS_BELOW);

/** Smallest and largest value, with a margin around them as a share of their distance. */
function span(values: readonly number[], margin: number, log: boolean): Span {
  let [min, max] = [Infinity, -Infinity];
  for (const value of values) [min, max] = [Math.min(min, value), Math.max(max, value)];
  if (min > max) return { min: 0, max: 1, log };
  const pad = max > min ? (max - min) * margin : log ? 0.5 : Math.abs(min) * 0.5 || 1;
  return { min: min - pad, max: max + pad, log };
}

/**
 * An axis of this span from pixel `from` to pixel `to`, with about as many ticks as wanted.
 * @param whole whether ticks are whole numbers
 */
export function axis({ min, max, log }: Span, wanted: number, from: number, to: number, whole = false): Axis {
  const along = (position: number): number => from + ((position - min) / (max - min)) * (to - from);
  if (!log) {
    const all = ticks(min, max, wanted);
    return { ticks: labelled(whole ? all.filter(Number.isInteger) : all), place: along };
  }
  return { ticks: labelled(decades(min, max)), place: (value) => along(Math.log10(value)) };
}

const labelled = (values: readonly number[]): Axis["ticks"] => values.map((at) => ({ at, words: tickLabel(at) }));

/** Powers of ten between two exponents, with their double and fivefold where they are few, and every second where many. */
function decades(min: number, max: number): number[] {
  const factors = isFine({ min, max }) ? [1, 2, 5] : [1];
  const step = Math.max(1, Math.ceil((max - min) / 8));
  const [first, last] = [Math.floor(min), Math.ceil(max)];
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((power) => power % step === 0);
  const values = powers.flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`)));
  return values.filter((value) => Math.log10(value) >= min - 1e-9 && Math.log10(value) <= max + 1e-9);
}
