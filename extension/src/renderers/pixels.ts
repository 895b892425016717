/**
 * Packed pixels back to bytes and values. No DOM here: mocha runs this file as it is.
 */
import type { GridView } from "../../../src/protocol";

/** The pixels of a view as tiles: one map, filter or image each. */
export interface Tiles {
  count: number;
  height: number;
  width: number;
  /** Planes a tile: 3 (red, green, blue) for an `rgb` view, otherwise 1. */
  channels: 1 | 3;
  bytes: Uint8Array;
  ranges: readonly (readonly [min: number, max: number])[];
}

/** One pixel of one tile; row and column count from 0, as in the tensor. */
export interface Probe {
  tile: number;
  row: number;
  column: number;
}

export function decodeBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/**
 * The tiles of a view whose shape was checked by `checkView`.
 * @throws Error in one line if the bytes do not fit the sizes that come with them
 */
export function unpackTiles(view: GridView): Tiles {
  const { planes, height, width, ranges } = view.pixels;
  const channels = view.scale === "rgb" ? 3 : 1;
  const bytes = decodeBase64(view.pixels.bytes);
  if (bytes.length !== planes * height * width) {
    throw new Error(
      `pixels: ${bytes.length} bytes do not fill ${planes} planes of ${height}x${width}. Run the cell again.`,
    );
  }
  return { count: planes / channels, height, width, channels, bytes, ranges };
}

/** The range of a plane: its own, or the one that all share. */
export function rangeOf(tiles: Tiles, plane: number): readonly [min: number, max: number] {
  return tiles.ranges[tiles.ranges.length === 1 ? 0 : plane];
}

/** The values of one pixel: one number, or red, green and blue. Exact to half a step of 1/255 of the range. */
export function valuesAt(tiles: Tiles, { tile, row, column }: Probe): number[] {
  const values: number[] = [];
  for (let channel = 0; channel < tiles.channels; channel++) {
    const plane = tile * tiles.channels + channel;
    const [min, max] = rangeOf(tiles, plane);
    const byte = tiles.bytes[(plane * tiles.height + row) * tiles.width + column];
    values.push(min + (byte * (max - min)) / 255);
  }
  return values;
}

/** Smallest and largest value that any byte of these tiles can stand for; without `tile`, of all of them. */
export function extentOf(tiles: Tiles, tile?: number): [min: number, max: number] {
  const from = (tile ?? 0) * tiles.channels;
  const ranges =
    tile === undefined || tiles.ranges.length === 1 ? tiles.ranges : tiles.ranges.slice(from, from + tiles.channels);
  return [Math.min(...ranges.map(([min]) => min)), Math.max(...ranges.map(([, max]) => max))];
}
