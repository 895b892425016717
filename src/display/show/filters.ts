import { checkOptions, type OptionNames } from "../../options";
import type { FiltersView } from "../../protocol";
import type { Tensor } from "../../tensor/tensor";
import { packPlanes, type Planes } from "../pack";
import { checkTensor, columnsFor, numbersOf, Picture, subtitleOf } from "../picture";
import { statisticsOf } from "../statistics";

/** More tiles than this are not told apart on a page: then the first filters are shown with their first channels. */
const MOST_TILES = 256;
const MOST_CHANNELS = 16;
/** Filters with few channels stand side by side, up to so many tiles a row. */
const ROW = 12;

export interface FiltersOptions {
  /** Default "Filters". */
  title?: string;
}
const optionNames: OptionNames<FiltersOptions> = { title: true };

/**
 * A picture of a convolution's weights. Filters over three channels are shown as colours, each scaled by its own largest
 * weight, so that grey is zero; others as a tile per filter and input channel ("f3 c1" is filter 3, channel 1), blue
 * below zero, white at zero and orange above, all in one scale.
 * Shapes: [K,C,R,S].
 * @throws DataError if the shape is another
 * @see Zeiler & Fergus 2014, arXiv:1311.2901; Krizhevsky et al. 2012, figure 3
 * @example show.filters(net.conv1.weight, { title: "conv1" })
 */
export function filters(w: Tensor, options: FiltersOptions = {}): Picture {
  checkOptions("show.filters", options, optionNames, arguments, 1);
  checkTensor("show.filters", w, [4], "weights [K,C,R,S]");
  const { title = "Filters" } = options;
  const [, channels] = w.shape;
  return new Picture(async () => {
    const values = await numbersOf(w);
    const statistics = statisticsOf(values);
    const { min, max, mean } = statistics;
    return {
      view: "filters",
      version: 1,
      title,
      subtitle: subtitleOf(w, statistics),
      ...(channels === 3 ? inColour(values, w.shape) : tileByTile(values, w.shape, statistics.finite)),
      statistics: { min, max, mean },
    };
  });
}

type Tiles = Pick<FiltersView, "scale" | "columns" | "labels" | "pixels">;

function inColour(values: Planes["values"], [filters, , height, width]: readonly number[]): Tiles {
  const size = 3 * height * width;
  const range = (filter: number): [number, number] => {
    let largest = 0;
    for (let i = filter * size; i < (filter + 1) * size; i++)
      if (Number.isFinite(values[i])) largest = Math.max(largest, Math.abs(values[i]));
    return [-largest, largest];
  };
  const planes = { values, planes: filters * 3, height, width };
  const pixels = packPlanes(planes, { group: 3, keep: MOST_TILES, range });
  const shown = pixels.planes / 3;
  return { scale: "rgb", columns: columnsFor(shown), labels: numbered(shown), pixels };
}

function tileByTile(
  all: Planes["values"],
  [filters, channels, height, width]: readonly number[],
  range: readonly [number, number],
): Tiles {
  const tooMany = filters * channels > MOST_TILES;
  const shownChannels = tooMany ? Math.min(channels, MOST_CHANNELS) : channels;
  const shownFilters = Math.min(filters, Math.max(1, Math.floor(MOST_TILES / shownChannels)));
  const planes = shownFilters * shownChannels;
  const size = height * width;
  const values = new Float64Array(planes * size);
  for (let plane = 0; plane < planes; plane++) {
    const from = Math.floor(plane / shownChannels) * channels + (plane % shownChannels);
    for (let i = 0; i < size; i++) values[plane * size + i] = all[from * size + i];
  }
  const pixels = packPlanes({ values, planes, height, width }, { keep: MOST_TILES, range: () => range });
  if (tooMany) pixels.reducedFrom = { planes: filters * channels, height, width };
  const name = (plane: number): string => `f${Math.floor(plane / shownChannels)} c${plane % shownChannels}`;
  return {
    scale: "diverging",
    columns: channels === 1 ? columnsFor(pixels.planes) : shownChannels * Math.max(1, Math.floor(ROW / shownChannels)),
    labels: channels === 1 ? numbered(pixels.planes) : Array.from({ length: pixels.planes }, (_, i) => name(i)),
    pixels,
  };
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `${i}`);
