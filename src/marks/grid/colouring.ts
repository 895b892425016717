/**
 * Numbers to colours. All tiles of a grid share one scale, so that equal colours are equal values; only `rgb` shows its bytes as they
 * are, where each tile may have a scale of its own.
 */
import { paletteColour, unusualColours, type PaletteName, type Rgb } from "../kit/colours";
import { drawnNumber } from "../kit/numbers";
import { extentOf, rangeOf, UNUSUAL, type Tiles } from "../kit/pixels";
import type { ColourScale, GridMark } from "./payload";

/** A colour scale with its values: what the tiles are painted with and what the legend shows. */
export interface Colouring {
  scale: ColourScale;
  palette: PaletteName;
  /** Smallest and largest value on the legend. */
  min: number;
  max: number;
  /** Place of a value on the palette, 0..1. */
  position(value: number): number;
}

/**
 * A diverging scale reaches equally far to both sides of zero, so its middle is always zero; the legend shows the part that the
 * values use.
 */
export function colouringOf(
  { scale, palette = "viridis" }: Pick<GridMark, "scale" | "palette">,
  tiles: Tiles,
): Colouring {
  const [min, max] = extentOf(tiles);
  if (scale === "diverging") {
    const limit = Math.max(Math.abs(min), Math.abs(max)) || 1;
    return {
      scale,
      palette: "diverging",
      min: Math.min(min, 0),
      max: Math.max(max, 0),
      position: (value) => 0.5 + value / (2 * limit),
    };
  }
  const span = max - min;
  return { scale, palette, min, max, position: (value) => (span > 0 ? (value - min) / span : 0) };
}

/** The palette from end to end, for a legend whose numbers are another tile's at a time. */
export function paletteColouring({ scale, palette = "viridis" }: Pick<GridMark, "scale" | "palette">): Colouring {
  if (scale === "diverging")
    return { scale, palette: "diverging", min: -1, max: 1, position: (value) => 0.5 + value / 2 };
  return { scale, palette, min: 0, max: 1, position: (value) => value };
}

/**
 * The colour of each pixel of a tile, row by row. Every painter takes its colours here.
 * @param steps  how many colours a palette is reduced to, for a picture that has no more; default: none are left out
 */
export function coloursOf(tiles: Tiles, tile: number, colouring: Colouring, steps?: number): Rgb[] {
  const colours = finiteColours(tiles, tile, colouring, steps);
  const { channels, height, width, unusual } = tiles;
  if (!unusual) return colours;
  const size = height * width;
  const first = tile * channels * size;
  return colours.map((colour, i) => {
    const kinds = Array.from({ length: channels }, (_, channel) => unusual[first + channel * size + i]);
    const kind = kinds.find((each) => each > 0);
    return kind === undefined ? colour : unusualColours[kind];
  });
}

function finiteColours(tiles: Tiles, tile: number, colouring: Colouring, steps?: number): Rgb[] {
  const size = tiles.height * tiles.width;
  const first = tile * tiles.channels * size;
  const { bytes } = tiles;
  if (tiles.channels === 3)
    return Array.from({ length: size }, (_, i) => [
      bytes[first + i],
      bytes[first + size + i],
      bytes[first + 2 * size + i],
    ]);
  const colours = byteColours(rangeOf(tiles, tile), colouring, steps);
  return Array.from({ length: size }, (_, i) => colours[bytes[first + i]]);
}

/** The last table of a colouring: hundreds of tiles have one range, and computing it takes longer than drawing a tile. */
const lastTables = new WeakMap<Colouring, { key: string; table: Rgb[] }>();

/** The colour of each byte of a tile with that range. */
function byteColours([min, max]: readonly [number, number], colouring: Colouring, steps?: number): Rgb[] {
  const key = `${min} ${max} ${steps}`;
  const last = lastTables.get(colouring);
  if (last?.key === key) return last.table;
  const table = Array.from({ length: 256 }, (_, byte) => {
    const place = colouring.position(min + (byte * (max - min)) / 255);
    return paletteColour(colouring.palette, steps === undefined ? place : rounded(place, steps));
  });
  lastTables.set(colouring, { key, table });
  return table;
}

/** The colour of one value; of NaN and infinities their own. */
export function colourOf(value: number, { palette, position }: Colouring): Rgb {
  const kind = UNUSUAL.findIndex((each) => Object.is(each, value));
  return kind > 0 ? unusualColours[kind] : paletteColour(palette, position(value));
}

/** The colours of the legend's bar from left to right, `count` of them; `steps` as in {@link coloursOf}. */
export function legendColours({ min, max, palette, position }: Colouring, count: number, steps?: number): Rgb[] {
  return Array.from({ length: count }, (_, i) => {
    const place = position(min + ((max - min) * i) / (count - 1));
    return paletteColour(palette, steps === undefined ? place : rounded(place, steps));
  });
}

const rounded = (place: number, steps: number): number => Math.round(place * steps) / steps;

export interface Tick {
  text: string;
  /** Place on the legend, 0 left to 1 right. */
  at: number;
}

/** The legend's numbers: both ends, and zero where it lies between them with room for its label. */
export function legendTicks({ min, max }: Pick<Colouring, "min" | "max">): Tick[] {
  if (min === max) return [{ text: drawnNumber(min), at: 0 }];
  const zero = -min / (max - min);
  const ends = [drawnNumber(min), drawnNumber(max)];
  const [left, right] = ends.map((text) => Math.max(0.15, 0.03 * text.length + 0.03));
  const middle = zero > left && zero < 1 - right ? [{ text: "0", at: zero }] : [];
  return [{ text: ends[0], at: 0 }, ...middle, { text: ends[1], at: 1 }];
}

/** The legend of tiles that each have their own scale: words, unless a tile is named. */
export function ownTicks(tiles: Tiles, { scale }: Pick<Colouring, "scale">, tile?: number): Tick[] {
  if (tile !== undefined) {
    const [min, max] = extentOf(tiles, tile);
    // Around a zero in the middle, as its words say.
    const limit = Math.max(Math.abs(min), Math.abs(max));
    return legendTicks(scale === "diverging" ? { min: -limit, max: limit } : { min, max });
  }
  const isSymmetric = scale === "diverging" || tiles.ranges.every(([min, max]) => min === -max);
  const ends = isSymmetric ? ["−largest of tile", "largest of tile"] : ["min of tile", "max of tile"];
  const middle = isSymmetric ? [{ text: "0", at: 0.5 }] : [];
  return [{ text: ends[0], at: 0 }, ...middle, { text: ends[1], at: 1 }];
}

/** Whether tiles differ in scale: colour tiles with ranges of their own, and any whose grid says so. */
export function haveOwnScales({ ownScales = false }: Pick<GridMark, "ownScales">, tiles: Tiles): boolean {
  const [[min, max]] = tiles.ranges;
  return ownScales || (tiles.channels === 3 && tiles.ranges.some((range) => range[0] !== min || range[1] !== max));
}
