/** What convolution and pooling share: the input with its padding and the window, and the output that fills in. */
import type { Theme } from "../kit/theme";
import { drawnPart, isInside, outputNear, spanOf, tapAt, type Axis } from "./axis";
import type { Area, Box } from "./boxes";
import { cells, type Shades, type Window } from "./cells";
import { outputIndex, valueAt } from "./convolution";
import type { Place } from "./payload";

export type Axes = readonly [vertical: Axis, horizontal: Axis];

/** Rows and columns that are drawn of the input, padding and all. */
export const drawnSize = ([vertical, horizontal]: Axes): [rows: number, columns: number] => {
  const [rows, columns] = [drawnPart(vertical), drawnPart(horizontal)];
  return [rows[1] - rows[0], columns[1] - columns[0]];
};
export const outputSize = ([vertical, horizontal]: Axes): [rows: number, columns: number] => [
  vertical.outputs[1],
  horizontal.outputs[1],
];

export interface Map {
  axes: Axes;
  values: Float32Array;
  /** Of the values. */
  plane: number;
  captions: readonly string[];
  cell: readonly [width: number, height: number];
  theme: Theme;
  shades: Shades;
  pictures: globalThis.Map<string, string>;
}

/** The input, with the window of a place. @param padding what the padding holds; undefined where it takes no part */
export function inputMap(
  { axes, values, plane, ...rest }: Map,
  [, row, column]: Place,
  channel: number,
  padding?: 0,
): Box {
  const [vertical, horizontal] = axes;
  const [top, left] = [drawnPart(vertical)[0], drawnPart(horizontal)[0]];
  const [rows, columns] = drawnSize(axes);
  const beyond = (r: number, c: number): boolean => !isInside(vertical, r + top) || !isInside(horizontal, c + left);
  const isCounted = (r: number, c: number): boolean =>
    r + top < vertical.length + vertical.padding[1] && c + left < horizontal.length + horizontal.padding[1];
  return cells({
    ...rest,
    part: "input",
    channel,
    rows,
    columns,
    value: (r, c) =>
      beyond(r, c) ? (isCounted(r, c) ? padding : undefined) : valueAt(values, axes, plane, r + top, c + left),
    isPadding: beyond,
    windows: windowsOn(axes, row, column, top, left),
  });
}

function windowsOn([vertical, horizontal]: Axes, row: number, column: number, top: number, left: number): Window[] {
  const [y, x] = [row + vertical.outputs[0], column + horizontal.outputs[0]];
  const whole = {
    row: tapAt(vertical, y, 0) - top,
    column: tapAt(horizontal, x, 0) - left,
    rows: spanOf(vertical),
    columns: spanOf(horizontal),
  };
  if (vertical.dilation === 1 && horizontal.dilation === 1) return [whole];
  const taps = Array.from({ length: vertical.taps * horizontal.taps }, (_, tap) => ({
    row: tapAt(vertical, y, Math.floor(tap / horizontal.taps)) - top,
    column: tapAt(horizontal, x, tap % horizontal.taps) - left,
    rows: 1,
    columns: 1,
  }));
  return [{ ...whole, thin: true }, ...taps];
}

/** The output up to the number of places that are filled in, with the place outlined. */
export function outputMap({ axes, values, plane, ...rest }: Map, [, row, column]: Place, filled: number): Box {
  const [rows, columns] = outputSize(axes);
  return cells({
    ...rest,
    part: "output",
    rows,
    columns,
    value: (r, c) => (r * columns + c < filled ? values[outputIndex(axes, [plane, r, c])] : undefined),
    windows: [{ row, column, rows: 1, columns: 1 }],
  });
}

/** The place whose window lies around a cell of the input, or that a cell of the output is. */
export function placeOf([vertical, horizontal]: Axes, [plane]: Place, area: Area, row: number, column: number): Place {
  if (area.part === "output") return [plane, row, column];
  const [top, left] = [drawnPart(vertical)[0], drawnPart(horizontal)[0]];
  return [plane, outputNear(vertical, row + top), outputNear(horizontal, column + left)];
}

/** "row 3, column 5" of the whole map; of a line "element 5". */
export function placeName([vertical, horizontal]: Axes, row: number, column: number, isLine: boolean): string {
  const [y, x] = [row + vertical.outputs[0], column + horizontal.outputs[0]];
  return isLine ? `element ${x}` : `row ${y}, column ${x}`;
}

/** "7×7", or the length of a line. */
const sizeName = (rows: number, columns: number, isLine: boolean): string =>
  isLine ? `${columns}` : `${rows}×${columns}`;

/** "Input, channel 0, 7×7, padding 1", and shorter. @param which ", channel 0", or nothing */
export function inputCaptions([vertical, horizontal]: Axes, which: string, isLine: boolean): string[] {
  const sides = [...(isLine ? [] : vertical.padding), ...horizontal.padding];
  const same = sides.every((side) => side === sides[0]);
  const padding = sides.every((side) => side === 0) ? "" : `, padding ${same ? sides[0] : sides.join(" ")}`;
  const size = sizeName(vertical.length, horizontal.length, isLine);
  const short = which ? `Channel${which.replace(/.* /, " ")}` : "Input";
  return [`Input${which}, ${size}${padding}`, `Input${which}, ${size}`, `${short}, ${size}`, short];
}

/** "Output, filter 0, 5×5", and shorter. */
export function outputCaptions([vertical, horizontal]: Axes, which: string, isLine: boolean): string[] {
  const size = sizeName(vertical.outputs[2], horizontal.outputs[2], isLine);
  return [`Output${which}, ${size}`, `Output, ${size}`, "Output", "Out"];
}

/** "input rows 80 to 140 of 224, columns 80 to 140 of 224", if not all is carried. */
export function describePart([vertical, horizontal]: Axes, isLine: boolean): string {
  const parts = [vertical, horizontal].map(({ carried: [first, count], length }, i) => {
    const noun = isLine ? "elements" : ["rows", "columns"][i];
    return count === length ? "" : `${noun} ${first} to ${first + count - 1} of ${length}`;
  });
  const said = parts.filter(Boolean).join(", ");
  return said && `shown: ${said}`;
}

export const isLineOf = ([vertical]: Axes): boolean => vertical.length === 1 && vertical.taps === 1;

/** How large cells are, that `rows` x `columns` of them fill no more than this. */
export function cellFor(
  [rows, columns]: readonly [number, number],
  width: number,
  height: number,
  isLine: boolean,
): readonly [number, number] {
  const most = 42;
  if (isLine) return [Math.min(most, (width - 2) / columns), 28];
  const size = Math.min(most, (width - 2) / columns, height / rows);
  const whole = size >= 2 ? Math.floor(size) : size;
  return [whole, whole];
}
