/** Numbers as a grid of coloured cells: written into them where there is room, else as a picture of their colours. */
import { hex, inkOn, paletteColour, type PaletteName, type Rgb } from "../kit/colours";
import { hatch } from "../kit/hatch";
import { typeset } from "../kit/numbers";
import { pngUrl } from "../kit/png";
import { element, type SceneElement } from "../kit/scene";
import { round } from "../kit/svg";
import { textWidth } from "../kit/textWidth";
import type { Theme } from "../kit/theme";
import { fitText } from "../kit/words";
import { below, words, type Box, type Part } from "./boxes";
import { short } from "./sums";

/** CSS pixels a cell that numbers are written into. */
const [ROOM, HEIGHT] = [22, 16];
/** Of their letters, the smallest and the largest; and the digits of a number at most. */
const [SMALLEST, LARGEST, MOST_DIGITS] = [9, 15, 3];

/** How numbers become colours: black is 0 in a grey picture; else white is, blue below and orange above. */
export interface Shades {
  palette: Extract<PaletteName, "diverging" | "grey">;
  /** The largest absolute number. */
  limit: number;
}

/** The shades of some numbers. */
export function shadesOf(values: ArrayLike<number>, isPicture = false): Shades {
  let [limit, min] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    limit = Math.max(limit, Math.abs(value));
    min = Math.min(min, value);
  }
  return { palette: isPicture && min >= 0 ? "grey" : "diverging", limit: limit || 1 };
}

/** CSS pixels: of the letters of captions, and how far these reach beyond their cells. */
const [CAPTION, OVERHANG] = [13, 16];
/** How far towards the ends of the palette the largest numbers go: on its darkest colours digits are hard to read. */
const DEPTH = 0.75;
/** What is no number. */
const UNUSUAL: Rgb = [255, 0, 200];

export function shade({ palette, limit }: Shades, value: number): Rgb {
  if (Number.isNaN(value)) return UNUSUAL;
  const share = Math.min(Math.max(value / limit, -1), 1);
  return paletteColour(palette, palette === "grey" ? share : 0.5 + 0.5 * DEPTH * share);
}

/** The number with as many digits as the width has room for, at least so many; undefined if these do not fit. */
function fitNumber(value: number, width: number, size: number, least: number): string | undefined {
  for (let digits = MOST_DIGITS; digits >= Math.max(least, 2); digits--) {
    const text = short(value, digits);
    if (textWidth(text, size) <= width - 2) return text;
    // Fewer digits would change the whole part of the number.
    if (Math.abs(value) >= 10 ** (digits - 1) && Number.isFinite(value)) break;
  }
  return least > 1 ? undefined : roughly(value).find((text) => textWidth(text, size) <= width - 2);
}

/** What is left of a number where there is no room for two digits: "0.3", "1e5", "0.0" for what is nearly nothing. */
function roughly(value: number): string[] {
  if (!Number.isFinite(value) || value === 0) return [short(value, 2)];
  const size = Math.abs(value);
  const tenths = typeset(value.toFixed(1));
  if (size >= 1 && size < 100) return [tenths, typeset(value.toFixed(0))];
  const power = typeset(Number(value.toPrecision(1)).toExponential().replace("e+", "e"));
  if (size >= 100) return [power];
  return size >= 0.05 ? [tenths] : [power, tenths];
}

export interface Cells {
  part: Part;
  channel?: number;
  /** Above the cells, from the longest to the shortest: the first that is no wider than they are. */
  captions?: readonly string[];
  rows: number;
  columns: number;
  cell: readonly [width: number, height: number];
  theme: Theme;
  shades: Shades;
  /** Undefined where nothing is yet. */
  value(row: number, column: number): number | undefined;
  /** What lies beyond the input, which is hatched; its number is written, if it has one. */
  isPadding?(row: number, column: number): boolean;
  /** Rows and columns that are outlined. */
  windows?: readonly Window[];
  /** Colours as they came before, by a name of what is drawn; so that sliding a window makes no picture anew. */
  pictures?: Map<string, string>;
}

/** Cells that are outlined: thick for what is looked at, thin for single taps. */
export interface Window {
  row: number;
  column: number;
  rows: number;
  columns: number;
  thin?: boolean;
}

export const hasNumbers = ([width, height]: readonly [number, number]): boolean => width >= ROOM && height >= HEIGHT;

export function cells(of: Cells): Box {
  const { rows, columns, cell, theme, captions } = of;
  const grid: Box = {
    width: columns * cell[0] + 2,
    height: rows * cell[1] + 2,
    at(x, y) {
      const [left, top] = [x + 1, y + 1];
      const lettering = letteringOf(of);
      const inside = lettering ? written(of, lettering, left, top) : pictured(of, left, top);
      const outlines = (of.windows ?? []).flatMap((window) => outline(window, left, top, cell, theme));
      const { part, channel = 0 } = of;
      return {
        elements: [
          element("g", { "data-part": part, "data-channel": channel, "text-anchor": "middle" }, ...inside),
          ...outlines,
        ],
        areas: [{ part, channel, x: left, y: top, rows, columns, cell }],
      };
    },
  };
  if (captions === undefined) return grid;
  // Behind the output, which lies at the right end, there is no room.
  const room = grid.width + (of.part === "output" ? 0 : OVERHANG);
  const measure = (words: string): number => textWidth(words, CAPTION);
  const last = captions[captions.length - 1];
  const caption = captions.find((each) => measure(each) <= room) ?? fitText(last, room, measure);
  return below([words(caption, { size: CAPTION, colour: theme.muted, width: grid.width }), grid], 3);
}

/** The size of letters, and the fewest digits of a number. */
interface Lettering {
  size: number;
  least: number;
}

/** Rather small letters than few digits, in which every number fits: a cell without one would look like zero. */
function letteringOf({ rows, columns, cell, value }: Cells): Lettering | undefined {
  if (!hasNumbers(cell)) return undefined;
  const [width, height] = cell;
  const numbers: number[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const number = value(row, column);
      if (number !== undefined) numbers.push(number);
    }
  const largest = Math.min(LARGEST, Math.max(SMALLEST, Math.floor(Math.min(height * 0.55, width * 0.45))));
  for (const [least, smallest] of [
    [3, 11],
    [2, 10],
    [1, SMALLEST],
  ])
    for (let size = largest; size >= smallest; size--)
      if (numbers.every((number) => fitNumber(number, width, size, least) !== undefined)) return { size, least };
  return undefined;
}

/** A cell each, with its number. */
function written(
  { rows, columns, cell, theme, shades, value, isPadding }: Cells,
  { size, least }: Lettering,
  left: number,
  top: number,
) {
  const [width, height] = cell;
  const elements: SceneElement[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const [x, y] = [round(left + column * width), round(top + row * height)];
      const number = value(row, column);
      const padding = isPadding?.(row, column) ?? false;
      const colour = number === undefined || padding ? undefined : shade(shades, number);
      elements.push(
        element("rect", { x, y, width, height, fill: colour ? hex(colour) : theme.surface, stroke: theme.border }),
      );
      if (padding) elements.push(hatch(x, y, width, height, theme.border));
      if (number === undefined) continue;
      const text = fitNumber(number, width, size, least);
      if (text === undefined) continue;
      const middle = { x: round(x + width / 2), y: round(y + height / 2 + size * 0.36), "font-size": size };
      // Hatching runs behind the digits of padding, which keep clear of it.
      const halo = padding
        ? { stroke: theme.surface, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" }
        : {};
      elements.push(element("text", { ...middle, ...halo, fill: colour ? inkOn(colour) : theme.text }, text));
    }
  return elements;
}

/** All cells as one picture, with what is not there yet left open. */
function pictured(of: Cells, left: number, top: number): SceneElement[] {
  const { rows, columns, cell, theme, isPadding } = of;
  const [width, height] = [round(columns * cell[0]), round(rows * cell[1])];
  const frame = { x: round(left), y: round(top), width, height };
  const elements = [element("rect", { ...frame, fill: theme.surface, stroke: theme.border })];
  if (isPadding) elements.push(hatch(frame.x, frame.y, width, height, theme.border));
  const href = pictureOf(of);
  elements.push(element("image", { ...frame, href, preserveAspectRatio: "none", style: "image-rendering: pixelated" }));
  return elements;
}

function pictureOf({ part, channel = 0, rows, columns, shades, value, isPadding, pictures }: Cells): string {
  const key = `${part} ${channel}`;
  // What fills in is another picture at each step.
  const known = part === "output" ? undefined : pictures?.get(key);
  if (known !== undefined) return known;
  const bytes = new Uint8Array(rows * columns * 4);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const number = value(row, column);
      if (number === undefined || isPadding?.(row, column)) continue;
      // In fewer steps than 256, so that the file has a palette.
      const colour = shade(shades, Math.round((number / shades.limit) * 100) * (shades.limit / 100));
      bytes.set([...colour, 255], (row * columns + column) * 4);
    }
  const picture = { width: columns, height: rows, channels: 4, bytes } as const;
  const href = pngUrl(picture);
  pictures?.set(key, href);
  return href;
}

function outline(
  { row, column, rows, columns, thin }: Window,
  left: number,
  top: number,
  [width, height]: readonly [number, number],
  { accent, surface }: Theme,
): SceneElement[] {
  const frame = {
    x: round(left + column * width),
    y: round(top + row * height),
    width: round(columns * width),
    height: round(rows * height),
    fill: "none",
    rx: 1,
  };
  const line = (stroke: string, size: number) => element("rect", { ...frame, stroke, "stroke-width": size });
  return thin ? [line(accent, 1.5)] : [line(surface, 5.5), line(accent, 3)];
}
