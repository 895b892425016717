/** Pixels as a payload carries them, and back to bytes and values. */
import { floatsFromBase64, fromBase64 } from "./base64";

/**
 * Pixels in one byte each: `value = min + byte * (max - min) / 255`, row by row, planes one after another.
 * At most 64 KiB of bytes a grid, so that a notebook stays small; a larger tensor is down-sampled and says so.
 */
export interface PackedPixels {
  /** Planes, rows, columns. A tile of an `rgb` grid takes three planes, any other takes one. */
  planes: number;
  height: number;
  width: number;
  /** base64 of planes * height * width bytes. */
  bytes: string;
  /** The values of byte 0 and byte 255, one pair a plane or one for all. */
  ranges: [min: number, max: number][];
  /** base64 of the same pixels in float32, lowest byte first: the numbers as they were computed. Absent if they are too many. */
  values?: string;
  /** Present if the pixels were made smaller to fit: the size before. */
  reducedFrom?: { planes: number; height: number; width: number };
}

/** Pixels as tiles: one map, filter or image each. */
export interface Tiles {
  count: number;
  height: number;
  width: number;
  /** Planes a tile: 3 (red, green, blue) or 1. */
  channels: 1 | 3;
  bytes: Uint8Array;
  ranges: readonly (readonly [min: number, max: number])[];
  /** The exact numbers, if they are carried. */
  values?: Float32Array;
}

/** One pixel of one tile; row and column count from 0, as in the tensor. */
export interface Probe {
  tile: number;
  row: number;
  column: number;
}

/** The tiles of pixels that `wrongPixels` found nothing wrong with. */
export function unpackTiles({ planes, height, width, bytes, ranges, values }: PackedPixels, channels: 1 | 3): Tiles {
  const tiles: Tiles = { count: planes / channels, height, width, channels, bytes: fromBase64(bytes), ranges };
  return values === undefined ? tiles : { ...tiles, values: floatsFromBase64(values) };
}

/** The range of a plane: its own, or the one that all share. */
export function rangeOf({ ranges }: Pick<Tiles, "ranges">, plane: number): readonly [min: number, max: number] {
  return ranges[ranges.length === 1 ? 0 : plane];
}

/** Position of a pixel of a channel among the bytes. */
function placeOf({ channels, height, width }: Tiles, { tile, row, column }: Probe, channel: number): number {
  return ((tile * channels + channel) * height + row) * width + column;
}

/** The values that the bytes of one pixel stand for: one number, or red, green and blue. Exact to half a step of the range. */
export function valuesAt(tiles: Tiles, probe: Probe): number[] {
  return Array.from({ length: tiles.channels }, (_, channel) => {
    const [min, max] = rangeOf(tiles, probe.tile * tiles.channels + channel);
    return min + (tiles.bytes[placeOf(tiles, probe, channel)] * (max - min)) / 255;
  });
}

/** The exact values of one pixel; undefined where they are not carried. */
export function exactAt(tiles: Tiles, probe: Probe): number[] | undefined {
  const { values } = tiles;
  return values && Array.from({ length: tiles.channels }, (_, channel) => values[placeOf(tiles, probe, channel)]);
}

/** Smallest and largest value that any byte of these tiles can stand for; without `tile`, of all of them. */
export function extentOf({ ranges, channels }: Tiles, tile?: number): [min: number, max: number] {
  const from = (tile ?? 0) * channels;
  const some = tile === undefined || ranges.length === 1 ? ranges : ranges.slice(from, from + channels);
  return some.reduce<[number, number]>(
    ([low, high], [min, max]) => [Math.min(low, min), Math.max(high, max)],
    [Infinity, -Infinity],
  );
}
