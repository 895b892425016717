/** Numbers to pixels of a payload: small enough for a notebook, whatever the tensor's size. */
import { floatsToBase64, toBase64 } from "./base64";
import { packUnusual, type PackedPixels } from "./pixels";

/** Bytes of pixels a grid, unless its view gives it less. */
export const MOST_BYTES = 64 * 1024;
/** Exact numbers are carried up to this many, which take 88 KB: all maps and filters of the lecture's network, layer by layer. */
const MOST_EXACT = 16 * 1024;
/** A tile is made no smaller than this (in pixels a side) to fit; rather, fewer tiles are shown. */
const SMALLEST_SIDE = 8;

/** Numbers [planes,height,width], row-major. */
export interface Planes {
  values: ArrayLike<number>;
  planes: number;
  height: number;
  width: number;
}

export interface PackOptions {
  /** Planes that make one tile: 3 for colour images; default 1. */
  group?: number;
  /** Tiles that are kept even if their pixels must become fewer; further ones only if they fit. Default: all. */
  keep?: number;
  /** Whether to carry the numbers themselves too, if they are few and none was left out of a tile; default false. */
  exact?: boolean;
  /** Bytes that the pixels take at most; default 64 KiB. */
  limit?: number;
  /** The values of byte 0 and byte 255 of a tile; values beyond are cut. */
  range(tile: number): readonly [min: number, max: number];
}

const behind = new WeakMap<PackedPixels, Float32Array>();

/**
 * The numbers that the bytes of these pixels round, in their order: a view may leave them out, and whoever is asked for them
 * later has them here. Undefined if the pixels were not packed by this program.
 */
export const numbersBehind = (pixels: PackedPixels): Float32Array | undefined => behind.get(pixels);

/** The first planes as bytes, at most `limit` of them; each pixel is the mean of those it stands for. */
export function packPlanes(from: Planes, options: PackOptions): PackedPixels {
  const { group = 1, keep, exact = false, limit = MOST_BYTES, range } = options;
  const { tiles, factor } = fit(from.planes / group, group, from.height, from.width, limit, keep);
  const height = Math.ceil(from.height / factor);
  const width = Math.ceil(from.width / factor);
  const planes = tiles * group;
  const bytes = new Uint8Array(planes * height * width);
  const numbers = new Float32Array(bytes.length);
  const ranges: [number, number][] = [];
  for (let plane = 0; plane < planes; plane++) {
    const [min, max] = range(Math.floor(plane / group));
    ranges.push([min, max]);
    const scale = max > min ? 255 / (max - min) : 0;
    for (let i = 0; i < height * width; i++) {
      const value = blockMean(from, plane, Math.floor(i / width) * factor, (i % width) * factor, factor);
      bytes[plane * height * width + i] = toByte(value, min, scale);
      numbers[plane * height * width + i] = value;
    }
  }
  const packed: PackedPixels = {
    planes,
    height,
    width,
    bytes: toBase64(bytes),
    ranges: ranges.every(([min, max]) => min === ranges[0][0] && max === ranges[0][1]) ? [ranges[0]] : ranges,
  };
  const unusual = packUnusual(numbers);
  if (unusual) packed.unusual = toBase64(unusual);
  if (exact && factor === 1 && bytes.length <= MOST_EXACT) packed.values = floatsToBase64(numbers);
  if (factor > 1 || planes < from.planes)
    packed.reducedFrom = { planes: from.planes, height: from.height, width: from.width };
  behind.set(packed, numbers);
  return packed;
}

function toByte(value: number, min: number, scale: number): number {
  if (scale === 0) return 0;
  // Programs that do not read `unusual` see zero, or the smallest value if zero is below it.
  const byte = Math.round(((Number.isNaN(value) ? 0 : value) - min) * scale);
  return Math.min(Math.max(byte, 0), 255);
}

/** How many tiles to keep, and by which whole number to divide their sides. */
function fit(tiles: number, group: number, height: number, width: number, limit: number, keep = tiles): Fit {
  const wanted = Math.max(1, Math.min(tiles, keep));
  const room = (factor: number): number =>
    Math.floor(limit / (group * Math.ceil(height / factor) * Math.ceil(width / factor)));
  let factor = 1;
  while (room(factor) < wanted && Math.min(height, width) / (factor + 1) >= SMALLEST_SIDE) factor++;
  // A single very long tile has no other way out.
  while (room(factor) < 1) factor++;
  return { tiles: Math.min(factor === 1 ? tiles : wanted, room(factor)), factor };
}

interface Fit {
  tiles: number;
  factor: number;
}

function blockMean(from: Planes, plane: number, top: number, left: number, factor: number): number {
  const { values, height, width } = from;
  const start = plane * height * width;
  if (factor === 1) return values[start + top * width + left];
  const [bottom, right] = [Math.min(top + factor, height), Math.min(left + factor, width)];
  let sum = 0;
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += values[start + y * width + x];
  return sum / ((bottom - top) * (right - left));
}
