/** Which pixels of the input one number depends on, as a box, and how that box moves from one number to the next. */
import type { Spans } from "../ops/avgPool2d/kernels";
import type { WindowGeometry } from "../ops/window";

/** [vertical, horizontal] */
export type Sides = readonly [number, number];

/**
 * Number (i, j) of a map sees `size` pixels of the input from pixel `start + (i, j) * jump` on. All are counted in the
 * input's pixels; a negative start lies in the padding.
 */
export interface Field {
  size: Sides;
  jump: Sides;
  start: Sides;
}
/** A field, and the height and width of the maps for which it holds. */
export interface GridField extends Field {
  grid: Sides;
}

/** Windows along one side: so many pixels, so far apart, the first one from `start` on. */
interface Windows {
  size: number;
  stride: number;
  start: number;
}

const sides = (at: (side: 0 | 1) => number): Sides => [at(0), at(1)];

/** The field of the input's own pixels. */
export const ownPixel = (height: number, width: number): GridField => ({
  size: [1, 1],
  jump: [1, 1],
  start: [0, 0],
  grid: [height, width],
});

/** What a number sees that depends on the whole image: it has no position, so it does not jump. */
export const wholeImage = (height: number, width: number): GridField => ({
  size: [height, width],
  jump: [0, 0],
  start: [0, 0],
  grid: [1, 1],
});

function through(f: GridField, windows: readonly [Windows, Windows], grid: Sides): GridField {
  return {
    size: sides((s) => f.size[s] + (windows[s].size - 1) * f.jump[s]),
    jump: sides((s) => f.jump[s] * windows[s].stride),
    start: sides((s) => f.start[s] + windows[s].start * f.jump[s]),
    grid,
  };
}

/** What a window of a convolution or pooling sees, if its taps have the field `f`. */
export function throughWindow(f: GridField, g: WindowGeometry): GridField {
  const vertical = { size: g.dilationH * (g.R - 1) + 1, stride: g.strideH, start: -g.padH };
  const horizontal = { size: g.dilationW * (g.S - 1) + 1, stride: g.strideW, start: -g.padW };
  return through(f, [vertical, horizontal], [g.P, g.Q]);
}

/** What averages over spans of pixels see, if the pixels have the field `f`. */
export function throughSpans(f: GridField, rows: Spans, columns: Spans): GridField {
  return through(f, [windowsOf(rows), windowsOf(columns)], [rows.start.length, columns.start.length]);
}

/** Spans end at the border of the image, so the first that is as long as any tells where the windows begin. */
function windowsOf({ start, end }: Spans): Windows {
  const lengths = start.map((from, i) => end[i] - from);
  const size = Math.max(...lengths);
  const steps = start.slice(1).map((from, i) => from - start[i]);
  const stride = Math.max(...steps, steps.length ? 1 : size);
  const full = lengths.indexOf(size);
  return { size, stride, start: start[full] - full * stride };
}

/** The box around all that a number sees which is computed from several. */
export function together(fields: readonly GridField[]): GridField {
  return fields.reduce((a, b) => {
    const start = sides((s) => Math.min(a.start[s], b.start[s]));
    return {
      size: sides((s) => Math.max(a.start[s] + a.size[s], b.start[s] + b.size[s]) - start[s]),
      jump: sides((s) => Math.max(a.jump[s], b.jump[s])),
      start,
      grid: a.grid,
    };
  });
}
