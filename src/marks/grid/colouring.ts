/**
 * Numbers to colours. All tiles of a grid share one scale, so that equal colours are equal values; only `rgb` shows its bytes as they
 * are, where each tile may have a scale of its own.
 */
import { paletteColour, type PaletteName, type Rgb } from "../kit/colours";
import { drawnNumber } from "../kit/numbers";
import { extentOf, rangeOf, type Tiles } from "../kit/pixels";
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

/**
 * The colour of each pixel of a tile, row by row. Every painter takes its colours here.
 * @param steps  how many colours a palette is reduced to, for a picture that has no more; default: none are left out
 */
export function coloursOf(tiles: Tiles, tile: number, { palette, position }: Colouring, steps?: number): Rgb[] {
  const size = tiles.height * tiles.width;
  const first = tile * tiles.channels * size;
  const { bytes } = tiles;
  if (tiles.channels === 3)
    return Array.from({ length: size }, (_, i) => [
      bytes[first + i],
      bytes[first + size + i],
      bytes[first + 2 * size + i],
    ]);
  const [min, max] = rangeOf(tiles, tile);
  const colours = Array.from({ length: 256 }, (_, byte) => {
    const place = position(min + (byte * (max - min)) / 255);
    return paletteColour(palette, steps === undefined ? place : Math.round(place * steps) / steps);
  });
  return Array.from({ length: size }, (_, i) => colours[bytes[first + i]]);
}

/** The colours of the legend's bar from left to right, `steps` of them. */
export function legendColours({ min, max, palette, position }: Colouring, steps: number): Rgb[] {
  return Array.from({ length: steps }, (_, step) =>
    paletteColour(palette, position(min + ((max - min) * step) / (steps - 1))),
  );
}

export interface Tick {
  text: string;
  /** Place on the legend, 0 left to 1 right. */
  at: number;
}

/** The legend's numbers: both ends, and zero where it lies between them with room for its label. */
export function legendTicks({ min, max }: Pick<Colouring, "min" | "max">): Tick[] {
  if (min === max) return [{ text: drawnNumber(min), at: 0 }];
  const zero = -min / (max - min);
  const middle = zero > 0.15 && zero < 0.85 ? [{ text: "0", at: zero }] : [];
  return [{ text: drawnNumber(min), at: 0 }, ...middle, { text: drawnNumber(max), at: 1 }];
}

/** The legend of colour tiles that each have their own scale: words, unless a tile is named. */
export function ownTicks(tiles: Tiles, tile?: number): Tick[] {
  if (tile !== undefined) {
    const [min, max] = extentOf(tiles, tile);
    return legendTicks({ min, max });
  }
  const isSymmetric = tiles.ranges.every(([min, max]) => min === -max);
  const ends = isSymmetric ? ["−largest of tile", "largest of tile"] : ["min of tile", "max of tile"];
  const middle = isSymmetric ? [{ text: "0", at: 0.5 }] : [];
  return [{ text: ends[0], at: 0 }, ...middle, { text: ends[1], at: 1 }];
}

/** Whether tiles differ in scale. Only colour tiles do: all others are painted in one scale, whatever their ranges. */
export function haveOwnScales(tiles: Tiles): boolean {
  const [[min, max]] = tiles.ranges;
  return tiles.channels === 3 && tiles.ranges.some((range) => range[0] !== min || range[1] !== max);
}
