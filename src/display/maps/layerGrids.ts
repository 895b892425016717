/** Grids of several layers below each other, small enough together for a notebook. */
import { show } from "../../arguments";
import { DataError } from "../../errors";
import { drawnNumber, MOST_BYTES, unusualWords, type GridMark } from "../../marks";
import { showShape } from "../../tensor/shape";
import type { LayerMaps } from "./layerMaps";
import { carriedImages, mapsGrid, rangeIn, statisticsIn, type Carried } from "./mapsGrid";

/** Whose smallest and largest number are the ends of a tile's colours: the channel's own, those of its layer, or of all layers. */
export type ScaleBy = "unit" | "layer" | "all";
const SCALES: readonly ScaleBy[] = ["unit", "layer", "all"];

/** More grids than this nobody scrolls through. */
export const MOST_GRIDS = 24;
/** Bytes of pixels that all grids of a view have together. */
const BUDGET = 512 * 1024;

/** @throws DataError unless it is one of the three */
export function checkScaleBy(caller: string, scaleBy: ScaleBy): void {
  if (!SCALES.includes(scaleBy))
    throw new DataError(
      `${caller}: scaleBy must be "unit", "layer" or "all", got ${show(scaleBy)}. The default is "layer".`,
    );
}

/** The images of a batch that each of these layers can carry, in as many bytes as it has. */
export function carriedByAll(
  layers: readonly LayerMaps[],
  image: number | undefined,
): { carried: Carried; limit: number } {
  const limit = Math.min(MOST_BYTES, Math.floor(BUDGET / layers.length));
  const each = layers.map(({ shape }) => carriedImages(shape, image, limit));
  return { carried: each.reduce((least, one) => (one.count < least.count ? one : least)), limit };
}

export interface LayerGridsOptions {
  scaleBy: ScaleBy;
  image: number | undefined;
}

/** A grid a layer, with its shape, its ends and its dead channels in a line. */
export function layerGrids(layers: readonly LayerMaps[], { scaleBy, image }: LayerGridsOptions): GridMark[] {
  const { carried, limit } = carriedByAll(layers, image);
  const ends = layers.map((maps) => rangeIn(maps, carried));
  const all: [number, number] = [Math.min(...ends.map(([min]) => min)), Math.max(...ends.map(([, max]) => max))];
  return layers.map((maps, i) => {
    const [, C] = maps.shape;
    const own = Array.from({ length: C }, (_, channel) =>
      scaleBy === "unit" ? rangeIn(maps, carried, channel) : ends[i],
    );
    const grid = mapsGrid(maps, {
      carried,
      limit,
      layer: maps.name,
      labels: Array.from({ length: C }, (_, channel) => `${channel}`),
      range: (channel) => (scaleBy === "all" ? all : own[channel]),
      ownScales: scaleBy === "unit",
    });
    return { ...grid, title: `${maps.name} · ${maps.layer.constructor.name}`, subtitle: describeMaps(maps) };
  });
}

/** "[4,6,28,28], all 4 images: min −1.2, max 3.4, 2 of 6 channels dead (33 %)". */
export function describeMaps(maps: LayerMaps): string {
  const [N, C] = maps.shape;
  const every = Array.from({ length: N }, (_, image) => statisticsIn(maps, image));
  const least = (of: "min" | "max", pick: (...numbers: number[]) => number): number =>
    pick(...every.map((one) => one[of]));
  const unusual = every.reduce((sum, one) => sum + one.unusual, 0);
  const dead = deadChannels(maps);
  return [
    `${showShape(maps.shape)}${N > 1 ? `, all ${N} images: ` : ", "}min ${drawnNumber(least("min", Math.min))}`,
    `max ${drawnNumber(least("max", Math.max))}`,
    `${dead} of ${C} channels dead (${Math.round((100 * dead) / C)} %)`,
    ...(unusual > 0 ? [unusualWords(unusual)] : []),
  ].join(", ");
}

/** How many channels are zero everywhere, for all images. */
export function deadChannels({ values, shape: [N, C, H, W] }: LayerMaps): number {
  const size = H * W;
  let dead = 0;
  for (let channel = 0; channel < C; channel++) {
    let isDead = true;
    for (let i = 0; i < N * size && isDead; i++)
      isDead = values[(Math.floor(i / size) * C + channel) * size + (i % size)] === 0;
    if (isDead) dead++;
  }
  return dead;
}
