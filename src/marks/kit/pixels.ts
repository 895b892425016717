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
  /**
   * base64 of two bits a pixel, four pixels a byte, the first in the lowest bits: 0 a finite number, 1 NaN, 2 infinity, 3 minus
   * infinity. Absent if all are finite. The byte of such a pixel means nothing.
   */
  unusual?: string;
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
  /** What each pixel is: 0 a finite number, else its place in {@link UNUSUAL}. Absent if all are finite. */
  unusual?: Uint8Array;
}

/** Numbers that have no place on a scale. */
export const UNUSUAL = [0, NaN, Infinity, -Infinity] as const;

/** One pixel of one tile; row and column count from 0, as in the tensor. */
export interface Probe {
  tile: number;
  row: number;
  column: number;
}

/** The tiles of pixels that `wrongPixels` found nothing wrong with. */
export function unpackTiles(packed: PackedPixels, channels: 1 | 3): Tiles {
  const { planes, height, width, ranges, values, unusual } = packed;
  const bytes = fromBase64(packed.bytes);
  return {
    ...{ count: planes / channels, height, width, channels, bytes, ranges },
    ...(values === undefined ? {} : { values: floatsFromBase64(values) }),
    ...(unusual === undefined ? {} : { unusual: unpackUnusual(fromBase64(unusual), bytes.length) }),
  };
}

/** Some tiles of these, one after another. Nothing is copied. */
export function someTiles(tiles: Tiles, first: number, count: number): Tiles {
  const { channels, height, width, bytes, ranges, values, unusual } = tiles;
  const [from, to] = [first * channels, (first + count) * channels];
  const size = height * width;
  return {
    ...{ count, height, width, channels, bytes: bytes.subarray(from * size, to * size) },
    ranges: ranges.length === 1 ? ranges : ranges.slice(from, to),
    ...(values && { values: values.subarray(from * size, to * size) }),
    ...(unusual && { unusual: unusual.subarray(from * size, to * size) }),
  };
}

/** Four pixels a byte, the first in the lowest bits; undefined if all are finite. */
export function packUnusual(values: ArrayLike<number>): Uint8Array | undefined {
  const packed = new Uint8Array(Math.ceil(values.length / 4));
  let any = false;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    any = true;
    packed[i >> 2] |= UNUSUAL.findIndex((each) => Object.is(each, values[i])) << (2 * (i & 3));
  }
  return any ? packed : undefined;
}

const unpackUnusual = (packed: Uint8Array, count: number): Uint8Array =>
  Uint8Array.from({ length: count }, (_, i) => (packed[i >> 2] >> (2 * (i & 3))) & 3);

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
    const place = placeOf(tiles, probe, channel);
    const kind = tiles.unusual?.[place] ?? 0;
    return kind > 0 ? UNUSUAL[kind] : min + (tiles.bytes[place] * (max - min)) / 255;
  });
}

/** The values of a plane, row by row: exact where they are carried, else to half a step of the range. */
export function planeValues(tiles: Tiles, plane: number): ArrayLike<number> {
  const size = tiles.height * tiles.width;
  const from = plane * size;
  if (tiles.values) return tiles.values.subarray(from, from + size);
  const [min, max] = rangeOf(tiles, plane);
  const { bytes, unusual } = tiles;
  return Float64Array.from({ length: size }, (_, i) => {
    const kind = unusual?.[from + i] ?? 0;
    return kind > 0 ? UNUSUAL[kind] : min + (bytes[from + i] * (max - min)) / 255;
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
