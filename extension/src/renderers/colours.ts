/**
 * Numbers to colours. All tiles of a view share one scale, so that equal colours are equal values; only `rgb` shows its bytes as they
 * are, where each tile may have a scale of its own. No DOM here.
 */
import type { ColourScale } from "../../../src/protocol";
import { formatValue } from "./numbers";
import { extentOf, rangeOf, type Tiles } from "./pixels";

export type Rgb = readonly [red: number, green: number, blue: number];

/** Blue, white, orange: told apart by all common kinds of colour blindness. White is zero (ColorBrewer RdBu and PuOr halves). */
const DIVERGING = "053061 2166ac 4393c3 92c5de d1e5f0 f7f7f7 fee0b6 fdb863 e08214 b35806 7f3b08";
/** Viridis: its lightness grows evenly, so it survives grey print too (van der Walt and Smith 2015). */
const VIRIDIS = "440154 482475 414487 355f8d 2a788e 21918c 22a884 44bf70 7ad151 bddf26 fde725";
const GREY = "000000 ffffff";

const palettes = { diverging: parse(DIVERGING), viridis: parse(VIRIDIS), grey: parse(GREY) };
export type PaletteName = keyof typeof palettes;

function parse(hexColours: string): Rgb[] {
  return hexColours.split(" ").map((hex) => {
    const number = parseInt(hex, 16);
    return [number >> 16, (number >> 8) & 255, number & 255];
  });
}

/** The colour at `position` 0..1 of a palette, in whole sRGB steps; outside positions take the end colours. */
export function paletteColour(name: PaletteName, position: number): Rgb {
  const stops = palettes[name];
  const place = Math.min(Math.max(position, 0), 1) * (stops.length - 1);
  const below = Math.min(Math.floor(place), stops.length - 2);
  const share = place - below;
  const mix = (channel: 0 | 1 | 2) =>
    Math.round(stops[below][channel] * (1 - share) + stops[below + 1][channel] * share);
  return [mix(0), mix(1), mix(2)];
}

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
 * values use. `sequential` names the palette for values without a middle.
 */
export function colouringOf(scale: ColourScale, tiles: Tiles, sequential: PaletteName): Colouring {
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
  return { scale, palette: sequential, min, max, position: (value) => (span > 0 ? (value - min) / span : 0) };
}

/** One tile as RGBA bytes, ready for an ImageData of its size. */
export function paintTile(tiles: Tiles, tile: number, colouring: Colouring): Uint8ClampedArray {
  const size = tiles.height * tiles.width;
  const rgba = new Uint8ClampedArray(size * 4).fill(255);
  for (let channel = 0; channel < tiles.channels; channel++) {
    const plane = tile * tiles.channels + channel;
    const bytes = tiles.bytes.subarray(plane * size, (plane + 1) * size);
    if (tiles.channels === 3) {
      bytes.forEach((byte, pixel) => (rgba[pixel * 4 + channel] = byte));
    } else {
      const [min, max] = rangeOf(tiles, plane);
      const colours = Array.from({ length: 256 }, (_, byte) =>
        paletteColour(colouring.palette, colouring.position(min + (byte * (max - min)) / 255)),
      );
      bytes.forEach((byte, pixel) => rgba.set(colours[byte], pixel * 4));
    }
  }
  return rgba;
}

/** Black or white, whichever is easier to read on a colour; luminance as in WCAG 2, compared where both contrasts are equal. */
export function inkOn(colour: Rgb): "#000" | "#fff" {
  return luminance(colour) > 0.179 ? "#000" : "#fff";
}

/** Relative luminance of an sRGB colour, 0 black to 1 white (WCAG 2). */
export function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The part of the palette between the legend's ends as a CSS gradient from left to right. */
export function legendGradient(colouring: Colouring): string {
  const steps = 24;
  const colours = Array.from({ length: steps + 1 }, (_, step) => {
    const value = colouring.min + ((colouring.max - colouring.min) * step) / steps;
    return `rgb(${paletteColour(colouring.palette, colouring.position(value)).join(",")})`;
  });
  return `linear-gradient(to right, ${colours.join(", ")})`;
}

export interface Tick {
  text: string;
  /** Place on the legend, 0 left to 1 right. */
  at: number;
}

/** The legend's numbers: both ends, and zero where it lies between them with room for its label. */
export function legendTicks({ min, max }: Pick<Colouring, "min" | "max">): Tick[] {
  if (min === max) return [{ text: formatValue(min), at: 0 }];
  const zero = -min / (max - min);
  const middle = zero > 0.15 && zero < 0.85 ? [{ text: "0", at: zero }] : [];
  return [{ text: formatValue(min), at: 0 }, ...middle, { text: formatValue(max), at: 1 }];
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
