/** Units as colours: one range a node, in which zero is fixed where numbers are of both signs. */
import { paletteColour, type Rgb } from "../kit/colours";
import type { NetNode } from "./network";

/** Pixels [height,width] of one unit, in numbers. */
export interface Plane {
  height: number;
  width: number;
  values: ArrayLike<number>;
}

/** Colours of numbers: 256 steps between the ends of a range. */
export interface Colours {
  min: number;
  max: number;
  table: readonly Rgb[];
  /** Of numbers that are none. */
  none: Rgb;
}

const NONE: Rgb = [214, 39, 140];

/**
 * @param steps how many colours the palette is reduced to, for a picture that has no more
 */
export function coloursFor([min, max]: readonly [number, number], steps?: number): Colours {
  const isSigned = min < 0;
  const limit = Math.max(Math.abs(min), Math.abs(max)) || 1;
  const [low, high] = isSigned ? [-limit, limit] : [0, max > 0 ? max : 1];
  const palette = isSigned ? "diverging" : "viridis";
  return { min: low, max: high, table: tableOf(steps, palette, (share) => paletteColour(palette, share)), none: NONE };
}

/** Every unit of every picture has one of a few. */
const tables = new Map<string, readonly Rgb[]>();

/** 256 colours from one end of a range to the other, reduced to `steps` of them. @param name tells it from other tables */
function tableOf(steps: number | undefined, name: string, colourAt: (share: number) => Rgb): readonly Rgb[] {
  const key = `${name} ${steps}`;
  const known = tables.get(key);
  if (known) return known;
  const made = Array.from({ length: 256 }, (_, i) =>
    colourAt(steps === undefined ? i / 255 : Math.round((i / 255) * steps) / steps),
  );
  tables.set(key, made);
  return made;
}

/** An image, which is drawn in its own colours. */
export const isLight = ({ kind, units, isVector }: NetNode): boolean =>
  kind === "input" && !isVector && (units === 1 || units === 3);

/** Steps of a channel's colour, where a picture has few. */
const TINTS = 24;

/**
 * The colours of a unit: those of its node's range. An image is drawn as light: a channel of three from black to red, green
 * or blue, a single one from black to white.
 * @param steps as of `coloursFor`
 */
export function unitColours(node: NetNode, unit: number, steps?: number): Colours {
  const { units, range } = node;
  if (!isLight(node)) return coloursFor(range, steps);
  const few = steps === undefined ? 255 : TINTS;
  return lights(range, units === 1 ? [0, 1, 2] : [unit], few);
}

export function colourOf({ min, max, table, none }: Colours, value: number): Rgb {
  if (Number.isNaN(value)) return none;
  return table[Math.min(Math.max(Math.round((255 * (value - min)) / (max - min)), 0), 255)];
}

/** A unit's numbers as they are carried: themselves, or what their bytes stand for; undefined if nothing is. */
export function carriedPlane(node: NetNode, unit: number): Plane | undefined {
  const { height, width, values, maps, range } = node;
  const size = height * width;
  if (values) return { height, width, values: values.subarray(unit * size, (unit + 1) * size) };
  if (!maps || unit >= maps.units) return undefined;
  const from = unit * maps.height * maps.width;
  const [min, max] = range;
  const bytes = maps.bytes.subarray(from, from + maps.height * maps.width);
  return {
    height: maps.height,
    width: maps.width,
    values: Float32Array.from(bytes, (byte) => min + (byte * (max - min)) / 255),
  };
}

/** The colours of a plane at a size in pixels, RGBA row by row; each takes the number that lies under its middle. */
export function planePixels(
  { height, width, values }: Plane,
  colours: Colours,
  across: number,
  down: number,
): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(across * down * 4).fill(255);
  const columns = Int32Array.from({ length: across }, (_, x) => Math.floor(((x + 0.5) * width) / across));
  let at = 0;
  for (let y = 0; y < down; y++) {
    const row = Math.floor(((y + 0.5) * height) / down) * width;
    for (let x = 0; x < across; x++, at += 4) {
      const colour = colourOf(colours, values[row + columns[x]]);
      pixels[at] = colour[0];
      pixels[at + 1] = colour[1];
      pixels[at + 2] = colour[2];
    }
  }
  return pixels;
}

/** Black to white. */
export const greys = (range: readonly [number, number]): Colours => lights(range, [0, 1, 2], 255);

/** Black to full light in some of red, green and blue. */
function lights([min, max]: readonly [number, number], parts: readonly number[], steps: number): Colours {
  const table = tableOf(steps, parts.join(), (share): Rgb => {
    const of = (part: number): number => (parts.includes(part) ? Math.round(share * 255) : 0);
    return [of(0), of(1), of(2)];
  });
  return { min, max: max > min ? max : min + 1, table, none: NONE };
}
