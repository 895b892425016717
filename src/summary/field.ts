/** Which pixels of the input one number depends on, as a box, and how that box moves from one number to the next. */

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

/** Windows along one side: so many numbers, so far apart, the first one from `start` on. */
export interface Windows {
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

/** What windows over numbers with the field `f` see: those down each column, those along each row; `grid` of them. */
export function through(f: GridField, [down, along]: readonly [Windows, Windows], grid: Sides): GridField {
  const windows = [down, along] as const;
  return {
    size: sides((s) => f.size[s] + (windows[s].size - 1) * f.jump[s]),
    jump: sides((s) => f.jump[s] * windows[s].stride),
    start: sides((s) => f.start[s] + windows[s].start * f.jump[s]),
    grid,
  };
}

/** The box around all that a number sees which is computed from several. */
export function together(fields: readonly GridField[]): GridField {
  return fields.reduce((a, b) => {
    const start = sides((s) => Math.min(a.start[s], b.start[s]));
    return {
      size: sides((s) => Math.max(a.start[s] + a.size[s], b.start[s] + b.size[s]) - start[s]),
      jump: sides((s) => Math.max(a.jump[s], b.jump[s])),
      start,
      grid: sides((s) => Math.max(a.grid[s], b.grid[s])),
    };
  });
}
