/** What of a grid is drawn at a time: all of it, the tiles of one frame, or one tile enlarged. */
import { unusualColours, type Rgb } from "../kit/colours";
import { planeValues, someTiles, unpackTiles, type Tiles } from "../kit/pixels";
import { channelsOf } from "./check";
import { colourOf, colouringOf, coloursOf, type Colouring } from "./colouring";
import type { GridMark, Overlay } from "./payload";

export interface Shown {
  tiles: Tiles;
  /** Of each tile: one for all, unless the grid's tiles have scales of their own. */
  colouring(tile: number): Colouring;
  labels: readonly string[];
  over?: ShownOverlay;
  /** The place of the first tile among those of its frame, and among all of the grid. */
  first: number;
  place: number;
}

/** The layer over the tiles that are shown. */
export interface ShownOverlay {
  name: string;
  tiles: Tiles;
  /** Over each tile: one for all, unless the layer has scales of its own. */
  colouring(tile: number): Colouring;
  opacity: number;
}

/** A grid as it came, with its bytes unpacked. */
export interface Unpacked {
  mark: GridMark;
  tiles: Tiles;
  over?: Tiles;
}

export function unpackGrid(mark: GridMark): Unpacked {
  const tiles = unpackTiles(mark.pixels, channelsOf(mark));
  return mark.over ? { mark, tiles, over: unpackTiles(mark.over.pixels, 1) } : { mark, tiles };
}

/** The tiles of a frame; of all that there are, if the grid has none. */
export function frameOf({ mark, tiles, over }: Unpacked, frame = mark.frames?.shown ?? 0): Shown {
  const count = tiles.count / (mark.frames?.labels.length ?? 1);
  const place = frame * count;
  const shown = someTiles(tiles, place, count);
  const shared = colouringOf(mark, shown);
  return {
    ...{ tiles: shown, labels: mark.labels.slice(0, count), first: 0, place },
    colouring: (tile) => (mark.ownScales ? colouringOf(mark, someTiles(shown, tile, 1)) : shared),
    ...(mark.over && over
      ? {
          over: {
            name: mark.over.name,
            opacity: mark.over.opacity,
            tiles: someTiles(over, place, count),
            colouring: overColouring(mark.over, over, place),
          },
        }
      : {}),
  };
}

/** One for all tiles of all frames, where the same red is the same heat in each image; or one for each tile. */
function overColouring(layer: Overlay, tiles: Tiles, first: number): (tile: number) => Colouring {
  if (layer.ownScales) return (tile) => colouringOf(layer, someTiles(tiles, first + tile, 1));
  const shared = colouringOf(layer, tiles);
  return () => shared;
}

/** One tile of those, in its colours. */
export function tileOf(shown: Shown, tile: number): Shown {
  const { tiles, labels, over, place } = shown;
  const [colouring, heat] = [shown.colouring(tile), over?.colouring(tile)];
  return {
    tiles: someTiles(tiles, tile, 1),
    colouring: () => colouring,
    labels: labels.slice(tile, tile + 1),
    ...(over && { over: { ...over, tiles: someTiles(over.tiles, tile, 1), colouring: () => heat as Colouring } }),
    first: tile,
    place: place + tile,
  };
}

/** How a place along a tile lies between two pixels of the layer over it: pixel centres are stretched, edges repeat. */
function between(at: number, from: number, to: number): [low: number, high: number, share: number] {
  const place = Math.min(Math.max(((at + 0.5) * from) / to - 0.5, 0), from - 1);
  const low = Math.floor(place);
  return [low, Math.min(low + 1, from - 1), place - low];
}

/**
 * The layer's values over the pixels of a tile, row by row: as they are where both have one size, else bilinear between the
 * centres of the layer's pixels; NaN if one of those between which a pixel lies is. Empty if there is no layer.
 */
export function valuesOver({ tiles, over }: Shown, tile: number): ArrayLike<number> {
  if (!over) return [];
  const values = planeValues(over.tiles, tile);
  const { height, width } = over.tiles;
  if (height === tiles.height && width === tiles.width) return values;
  const columns = Array.from({ length: tiles.width }, (_, column) => between(column, width, tiles.width));
  const mix = (a: number, b: number, share: number): number => (share === 0 ? a : a * (1 - share) + b * share);
  const stretched = new Float64Array(tiles.height * tiles.width);
  for (let row = 0; row < tiles.height; row++) {
    const [top, bottom, down] = between(row, height, tiles.height);
    columns.forEach(([left, right, across], column) => {
      const along = (y: number): number => mix(values[y * width + left], values[y * width + right], across);
      stretched[row * tiles.width + column] = mix(along(top), along(bottom), down);
    });
  }
  return stretched;
}

/**
 * The colour of each pixel of a tile, row by row, the layer over it mixed in.
 * @param steps  as for `coloursOf`
 */
export function shownColours(shown: Shown, tile: number, steps?: number): Rgb[] {
  const { tiles, over } = shown;
  const below = coloursOf(tiles, tile, shown.colouring(tile), steps);
  if (!over || over.opacity === 0) return below;
  const values = valuesOver(shown, tile);
  const colouring = over.colouring(tile);
  return below.map((colour, i) => mixed(colour, colourOf(values[i], colouring), over.opacity));
}

/** Two colours mixed, `share` of the second. */
export function mixed(below: Rgb, above: Rgb, share: number): Rgb {
  const mix = (channel: 0 | 1 | 2): number => Math.round(below[channel] * (1 - share) + above[channel] * share);
  return [mix(0), mix(1), mix(2)];
}

/** How often each kind of number that has no place on a scale is among the tiles. */
export function unusualIn({ tiles, over }: Shown): Unusual[] {
  const counts = [0, 0, 0, 0];
  for (const { unusual } of over ? [tiles, over.tiles] : [tiles]) unusual?.forEach((kind) => counts[kind]++);
  const words = ["", "NaN", "∞", "−∞"];
  return [1, 2, 3].flatMap((kind) =>
    counts[kind] > 0 ? [{ words: `${words[kind]} (${counts[kind]})`, colour: unusualColours[kind] }] : [],
  );
}

export interface Unusual {
  /** "NaN (3)" */
  words: string;
  colour: Rgb;
}
