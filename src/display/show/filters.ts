import { columnsFor, packPlanes, type GridMark, type Planes } from "../../marks";
import { checkOptions, type OptionNames } from "../../options";
import { fromArray } from "../../tensor/create";
import type { Tensor } from "../../tensor/tensor";
import { Picture } from "../picture";
import { statisticsOf } from "../statistics";
import { checkTensor, numbersOf, subtitleOf } from "../tensors";
import type { Samples } from "./samples";

/** More tiles than this are not told apart on a page: then the first filters are shown with their first channels. */
const MOST_TILES = 256;
const MOST_CHANNELS = 16;
/** Tiles a row at most, where filters have few channels and stand side by side. */
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
      version: 2,
      title,
      subtitle: subtitleOf(w, statistics),
      marks: [
        {
          mark: "grid",
          tile: "filter",
          ...(channels === 3 ? inColour(values, w.shape) : tileByTile(values, w.shape, statistics.finite)),
          statistics: { min, max, mean },
        },
      ],
    };
  });
}

type Tiles = Pick<GridMark, "scale" | "columns" | "labels" | "pixels">;

function inColour(values: Planes["values"], [filters, , height, width]: readonly number[]): Tiles {
  const size = 3 * height * width;
  const range = (filter: number): [number, number] => {
    let largest = 0;
    for (let i = filter * size; i < (filter + 1) * size; i++)
      if (Number.isFinite(values[i])) largest = Math.max(largest, Math.abs(values[i]));
    return [-largest, largest];
  };
  const planes = { values, planes: filters * 3, height, width };
  const pixels = packPlanes(planes, { group: 3, keep: MOST_TILES, exact: true, range });
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
  const pixels = packPlanes({ values, planes, height, width }, { keep: MOST_TILES, exact: true, range: () => range });
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

/** Waves under a bell, of another direction each. */
const waves = (shape: readonly number[]): Tensor => {
  const [, , height, width] = shape;
  const values = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => {
    const [y, x] = [Math.floor(i / width) % height, i % width].map((at, axis) => at - (shape[2 + axis] - 1) / 2);
    const angle = 0.7 * Math.floor(i / (height * width));
    return (
      Math.exp(-(x * x + y * y) / (height + 1)) * Math.sin(1.3 * (x * Math.cos(angle) + y * Math.sin(angle)) + angle)
    );
  });
  return fromArray(values, shape);
};

export const samples: Samples = {
  "over one channel": () => filters(waves([16, 1, 5, 5]), { title: "conv1" }),
  "over three channels, in colour": () => filters(waves([8, 3, 7, 7])),
  "over six channels": () => filters(waves([16, 6, 5, 5]), { title: "conv2" }),
  "of a large layer": () => filters(waves([64, 64, 3, 3])),
};
