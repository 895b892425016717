/** A layer's maps as a grid: a tile a channel, and a frame an image where several fit into a notebook. */
import type { TypedArray } from "../../devices/device";
import { columnsFor, MOST_BYTES, packPlanes, type GridMark, type GridStatistics } from "../../marks";
import { statisticsOf, type Statistics } from "../statistics";

/** More maps than this are not told apart on a page. */
const MOST_TILES = 256;

/** Maps [N,C,H,W], row-major. */
export interface Maps {
  values: TypedArray;
  shape: readonly [N: number, C: number, H: number, W: number];
}
/** The images whose maps a grid carries: `count` of them from `first` on. */
export interface Carried {
  first: number;
  count: number;
}

/**
 * The images that a grid carries: the one that is asked for, or as many as fit in their full size.
 * @param limit bytes of pixels
 */
export function carriedImages([N, C, H, W]: Maps["shape"], image: number | undefined, limit = MOST_BYTES): Carried {
  if (image !== undefined) return { first: image, count: 1 };
  return { first: 0, count: Math.max(1, Math.min(N, Math.floor(limit / (Math.min(C, MOST_TILES) * H * W)))) };
}

/** Statistics of the maps of an image; of one channel, or of all. */
export function statisticsIn({ values, shape: [, C, H, W] }: Maps, image: number, channel?: number): Statistics {
  const from = (image * C + (channel ?? 0)) * H * W;
  return statisticsOf(values.subarray(from, from + (channel === undefined ? C : 1) * H * W));
}

/** Smallest and largest finite number of the images that are carried; of one channel, or of all. */
export function rangeIn(maps: Maps, { first, count }: Carried, channel?: number): [min: number, max: number] {
  const each = Array.from({ length: count }, (_, i) => statisticsIn(maps, first + i, channel));
  const [, C, H, W] = maps.shape;
  const size = (channel === undefined ? C : 1) * H * W;
  const finite = each.filter(({ unusual }) => unusual < size).map((one) => one.finite);
  if (finite.length === 0) return [0, 0];
  return [Math.min(...finite.map(([min]) => min)), Math.max(...finite.map(([, max]) => max))];
}

export interface MapsGridOptions {
  carried: Carried;
  /** A word a channel. */
  labels: readonly string[];
  /** The path of the layer; where none is known, what the view calls it. */
  layer: string;
  limit?: number;
  /** The ends of a channel's scale; one for all channels unless `ownScales` is set. */
  range(channel: number): readonly [number, number];
  ownScales?: boolean;
  /** Whether the numbers are carried too, where they are few; default true. */
  exact?: boolean;
}

/** The grid of these maps, without a title. */
export function mapsGrid(
  maps: Maps,
  { carried, labels, layer, limit, range, ownScales = false, exact = true }: MapsGridOptions,
): GridMark {
  const [N, C, H, W] = maps.shape;
  const { first, count } = carried;
  const shown = count > 1 ? Math.min(C, MOST_TILES) : C;
  const values =
    shown === C ? maps.values.subarray(first * C * H * W, (first + count) * C * H * W) : firstOf(maps, carried);
  const pixels = packPlanes(
    { values, planes: count * shown, height: H, width: W },
    {
      keep: count > 1 ? count * shown : MOST_TILES,
      exact,
      range: (plane) => range(plane % shown),
      ...(limit === undefined ? {} : { limit }),
    },
  );
  if (shown < C) pixels.reducedFrom = { planes: count * C, height: H, width: W };
  const tiles = pixels.planes / count;
  const statistics = Array.from({ length: count }, (_, i) => plainStatistics(statisticsIn(maps, first + i)));
  const lowest = Math.min(...Array.from({ length: tiles }, (_, channel) => range(channel)[0]));
  return {
    mark: "grid",
    tile: "channel",
    scale: lowest < 0 ? "diverging" : "sequential",
    ...(ownScales ? { ownScales } : {}),
    columns: columnsFor(tiles),
    labels: labels.slice(0, tiles),
    layer: { name: layer, units: C },
    pixels,
    statistics: statistics[0],
    ...(count > 1
      ? {
          frames: {
            name: "image",
            labels: statistics.map((_, i) => `${first + i}`),
            shown: 0,
            statistics,
            ...(N > count ? { of: N } : {}),
          },
        }
      : {}),
  };
}

/** The first channels of each image. */
function firstOf({ values, shape: [, C, H, W] }: Maps, { first, count }: Carried): Float64Array {
  const size = MOST_TILES * H * W;
  const copied = new Float64Array(count * size);
  for (let image = 0; image < count; image++)
    for (let i = 0; i < size; i++) copied[image * size + i] = values[(first + image) * C * H * W + i];
  return copied;
}

/** As a payload carries them. */
export const plainStatistics = ({ min, max, mean }: Statistics): GridStatistics => ({ min, max, mean });
