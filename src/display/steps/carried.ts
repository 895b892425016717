/** Which part of a large input and output a view carries, so that a notebook stays small. */
import { DataError } from "../../errors";
import { partFor, type Axis } from "../../marks";

/** Numbers of a view, which take 5.3 bytes each: below 1 MB. */
export const MOST_NUMBERS = 150_000;

export type Axes = [vertical: Axis, horizontal: Axis];

/** All that an axis has; `outputs` windows fit. */
export const wholeAxis = (sizes: Omit<Axis, "carried" | "outputs">, outputs: number): Axis => ({
  ...sizes,
  carried: [0, sizes.length],
  outputs: [0, outputs, outputs],
});

/**
 * As much around an output as there is room for. @param size numbers that a choice of axes takes
 * @throws DataError if not even one output has room
 */
export function partAround(
  caller: string,
  axes: Axes,
  [row, column]: readonly [number, number],
  size: (axes: Axes) => number,
): Axes {
  let side = Math.max(axes[0].outputs[2], axes[1].outputs[2]);
  for (; ; side = Math.min(side - 1, Math.floor(side * 0.8))) {
    if (side < 1)
      throw new DataError(
        `${caller}: one window alone is ${size(axes)} numbers, ${MOST_NUMBERS} can be shown step by step. Give fewer channels.`,
      );
    const part: Axes = [around(axes[0], row, side), around(axes[1], column, side)];
    if (size(part) <= MOST_NUMBERS) return part;
    if (side === 1) axes = part;
  }
}

function around(axis: Axis, output: number, side: number): Axis {
  const count = Math.min(side, axis.outputs[2]);
  const first = Math.min(Math.max(0, output - Math.floor(count / 2)), axis.outputs[2] - count);
  return partFor(axis, first, count);
}

/** The numbers of some planes [planes,rows,columns] within the parts of both directions. */
export function cut(
  values: ArrayLike<number>,
  planes: number,
  [rows, columns]: readonly [number, number],
  [top, height]: readonly [number, number],
  [left, width]: readonly [number, number],
): Float32Array {
  const out = new Float32Array(planes * height * width);
  let at = 0;
  for (let plane = 0; plane < planes; plane++)
    for (let row = top; row < top + height; row++)
      for (let column = left; column < left + width; column++, at++)
        out[at] = values[(plane * rows + row) * columns + column];
  return out;
}

/** Where the largest of some numbers stands, the first of them; 0 if none is a number. */
export function largestOf(values: ArrayLike<number>): number {
  let at = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[at] || Number.isNaN(values[at])) at = i;
  return at;
}

/** What a pair of settings is called: `stride 2`, `stride 2x1`; nothing if it is the usual one. */
export function settingNote(name: string, [vertical, horizontal]: readonly [number, number], usual: number): string[] {
  if (vertical === usual && horizontal === usual) return [];
  return [`${name} ${vertical === horizontal ? vertical : `${vertical}x${horizontal}`}`];
}
