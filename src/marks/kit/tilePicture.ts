/** Tiles whose bytes are shown as they are: photographs, patches, thumbnails. */
import { wrongPixels } from "./check";
import type { PackedPixels, Tiles } from "./pixels";
import { unpackTiles } from "./pixels";
import { pngUrl } from "./png";
import type { Raster } from "./raster";

/** Grey bytes, or red, green and blue ones. */
export type Colours = "grey" | "rgb";
export const isColours = (value: unknown): value is Colours => value === "grey" || value === "rgb";
export const planesOf = (colours: Colours): 1 | 3 => (colours === "rgb" ? 3 : 1);

/** One tile of several sets of pixels that are counted through. */
export interface Tile {
  tiles: Tiles;
  index: number;
}

/** The tiles of all sets, in order. */
export const tilesOf = (sets: readonly PackedPixels[], colours: Colours): Tile[] =>
  sets.flatMap((pixels) => {
    const tiles = unpackTiles(pixels, planesOf(colours));
    return Array.from({ length: tiles.count }, (_, index) => ({ tiles, index }));
  });

/** How many tiles unknown JSON has in its sets of pixels, or what is wrong with it. */
export function countTiles(sets: unknown, colours: Colours): number | string {
  if (!Array.isArray(sets)) return "pixels";
  let count = 0;
  for (const pixels of sets as unknown[]) {
    const problem = wrongPixels(pixels, planesOf(colours));
    if (problem !== undefined) return problem;
    count += (pixels as PackedPixels).planes / planesOf(colours);
  }
  return count;
}

/** A tile's pixels, with the channels of a pixel side by side. */
export function rasterOf({ tiles: { bytes, channels, height, width }, index }: Tile): Raster {
  const size = height * width;
  const own = bytes.subarray(index * channels * size, (index + 1) * channels * size);
  if (channels === 1) return { width, height, channels, bytes: own };
  return { width, height, channels, bytes: Uint8Array.from(own, (_, i) => own[(i % 3) * size + Math.floor(i / 3)]) };
}

/** A tile as a file that an SVG may carry. */
export const tileUrl = (tile: Tile): string => pngUrl(rasterOf(tile));

/** What stands for the tiles of a drawing: an address each. */
export type AddressOf = (tile: Tile) => string;
