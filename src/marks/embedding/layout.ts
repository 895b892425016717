/** Where points lie on a drawing, and which one is near. */
import { textWidth } from "../kit/textWidth";
import type { Embedding } from "./read";
import { className, countsOf } from "./words";

export const FONT = 13;
/** CSS pixels of the axes' numbers and names, of a line of the legend, around the points. */
const [AXIS_LEFT, AXIS_BELOW, LINE, MARGIN] = [58, 46, 20, 14];
/** A legend has no more lines; below a narrower width it lies under the plot. */
const [MOST_ENTRIES, NARROW] = [18, 520];
export const LARGEST_ZOOM = 64;

/** The part of the plane that is seen. */
export interface Sight {
  /** 1: all points fit. */
  zoom: number;
  /** What lies in the middle; undefined for the middle of all points. */
  centre?: readonly [x: number, y: number];
  /** The class that is not pale; all, if undefined. */
  only?: number;
  /** The point that is chosen. */
  chosen?: number;
}

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Entry {
  /** Undefined for the line that says how many are left out. */
  index?: number;
  words: string;
  x: number;
  y: number;
}

export interface Frame {
  width: number;
  height: number;
  plot: Box;
  legend: Entry[];
  /** Pixels a unit, and what lies in the middle of the plot. */
  scale: number;
  centre: readonly [x: number, y: number];
}

/** The frame of a drawing that is so wide. */
export function frameOf(embedding: Embedding, width: number, sight: Sight): Frame {
  const { mark, extent } = embedding;
  const counts = countsOf(mark);
  const present = counts.flatMap((count, index) => (count > 0 ? [index] : []));
  const named = present.slice(0, present.length > MOST_ENTRIES ? MOST_ENTRIES - 1 : MOST_ENTRIES);
  const entries = [
    ...named.map((index) => ({ index, words: `${className(mark, index)} (${counts[index]})` })),
    ...(named.length < present.length ? [{ words: `and ${present.length - named.length} more` }] : []),
  ];
  const beside = width >= NARROW;
  const widest = Math.min(170, Math.max(...entries.map(({ words }) => textWidth(words, FONT))) + 26);
  const plotWidth = Math.max(60, width - AXIS_LEFT - 8 - (beside ? widest + 10 : 0));
  const plotHeight = Math.round(Math.min(460, Math.max(220, plotWidth * 0.72)));
  const plot = { left: AXIS_LEFT, top: 8, width: plotWidth, height: plotHeight };
  const below = plot.top + plot.height + AXIS_BELOW;
  const columns = beside ? 1 : Math.max(1, Math.floor((width - 12) / widest));
  const legend = entries.map((entry, i) => ({
    ...entry,
    x: beside ? plot.left + plot.width + 16 : 12 + (i % columns) * widest,
    y: beside ? plot.top + 12 + i * LINE : below + 12 + Math.floor(i / columns) * LINE,
  }));
  const bottom = Math.max(below, ...legend.map(({ y }) => y + 10));
  const [spanX, spanY] = [extent.x, extent.y].map(([min, max]) => max - min);
  const fit = Math.min(room(plot.width) / (spanX || spanY || 1), room(plot.height) / (spanY || spanX || 1));
  const middle = [extent.x, extent.y].map(([min, max]) => (min + max) / 2) as [number, number];
  return { width, height: bottom, plot, legend, scale: fit * sight.zoom, centre: sight.centre ?? middle };
}

const room = (length: number): number => Math.max(10, length - 2 * MARGIN);

/** Where a point of the plane lies, in pixels. */
export function placeOf({ plot, scale, centre }: Frame, x: number, y: number): [left: number, top: number] {
  return [plot.left + plot.width / 2 + (x - centre[0]) * scale, plot.top + plot.height / 2 - (y - centre[1]) * scale];
}

/** What lies at a pixel. */
export function planeAt({ plot, scale, centre }: Frame, left: number, top: number): [x: number, y: number] {
  return [
    centre[0] + (left - plot.left - plot.width / 2) / scale,
    centre[1] - (top - plot.top - plot.height / 2) / scale,
  ];
}

export const isInside = ({ left, top, width, height }: Box, x: number, y: number): boolean =>
  x >= left && x <= left + width && y >= top && y <= top + height;

/** The sight after zooming by a factor, where a pixel keeps what lies under it. */
export function zoomed(frame: Frame, sight: Sight, factor: number, left: number, top: number): Sight {
  const zoom = Math.min(LARGEST_ZOOM, Math.max(1, sight.zoom * factor));
  if (zoom === 1) return { ...sight, zoom, centre: undefined };
  const [x, y] = planeAt(frame, left, top);
  const share = sight.zoom / zoom;
  const [cx, cy] = frame.centre;
  return { ...sight, zoom, centre: [x + (cx - x) * share, y + (cy - y) * share] };
}

/** The point nearest to a pixel, within so many pixels of it; of equally near ones the last, which lies in front. */
export function nearest(
  embedding: Embedding,
  frame: Frame,
  left: number,
  top: number,
  within: number,
): number | undefined {
  let best: number | undefined;
  let least = within * within;
  for (const point of seen(embedding, frame)) {
    const [x, y] = pixelOf(embedding, frame, point);
    const distance = (x - left) ** 2 + (y - top) ** 2;
    if (distance <= least) [best, least] = [point, distance];
  }
  return best;
}

/** The points within the plot. */
export function* seen(embedding: Embedding, frame: Frame): Generator<number> {
  for (let i = 0; i < embedding.count; i++) if (isInside(frame.plot, ...pixelOf(embedding, frame, i))) yield i;
}

export const pixelOf = ({ points }: Embedding, frame: Frame, point: number): [left: number, top: number] =>
  placeOf(frame, points[2 * point], points[2 * point + 1]);

const DIRECTIONS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/**
 * The point that a key leads to: by an arrow the nearest one in a quarter around its direction, by Page Up and Page Down the
 * one before or after in the data. Undefined for other keys.
 */
export function pointFrom({ points, count }: Embedding, from: number, key: string): number | undefined {
  const steps: Record<string, number> = { PageUp: from - 1, PageDown: from + 1, Home: 0, End: count - 1 };
  if (Object.prototype.hasOwnProperty.call(steps, key)) return Math.min(Math.max(steps[key], 0), count - 1);
  if (!Object.prototype.hasOwnProperty.call(DIRECTIONS, key)) return undefined;
  const [dx, dy] = DIRECTIONS[key];
  let [best, least] = [from, Infinity];
  for (let i = 0; i < count; i++) {
    const [x, y] = [points[2 * i] - points[2 * from], points[2 * i + 1] - points[2 * from + 1]];
    const [along, across] = [x * dx + y * dy, Math.abs(x * dy - y * dx)];
    if (along <= 0 || across > along) continue;
    const distance = along + 2 * across;
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}
