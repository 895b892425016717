import { isModule, wrongKind } from "../../arguments";
import { DataError, GradError } from "../../errors";
import { columnsFor, packPlanes, type GridMark, type Planes } from "../../marks";
import type { Module } from "../../nn/module";
import { checkOptions, type OptionNames } from "../../options";
import { cat } from "../../ops/cat";
import { fromArray } from "../../tensor/create";
import { showShape } from "../../tensor/shape";
import { Tensor } from "../../tensor/tensor";
import { Picture } from "../picture";
import { statisticsOf, type Statistics } from "../statistics";
import { checkTensor, numbersOf, subtitleOf } from "../tensors";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import { skipInit } from "../../nn/firstWeights";
import { Conv2d } from "../../nn/layers/conv2d";
import type { Samples } from "./samples";

/** More tiles than this are not told apart on a page: then the first filters are shown with their first channels. */
const MOST_TILES = 256;
const MOST_CHANNELS = 16;
/** Tiles a row at most, where filters have few channels and stand side by side. */
const ROW = 12;

export interface FiltersOptions extends ViewOptions {
  /** Whether the gradients of the weights stand below them; default false. */
  gradients?: boolean;
}
const optionNames: OptionNames<FiltersOptions> = { gradients: true, ...viewOptionNames };

/**
 * A picture of a convolution's weights. Filters over three channels are shown as colours, each scaled by its own largest
 * weight, so that grey is zero; others as a tile per filter and input channel ("f3 c1" is filter 3, channel 1), blue
 * below zero, white at zero and orange above, all in one scale.
 * Shapes: [K,C,R,S].
 * @param w a layer with such a weight, or the weight itself
 * @param options.gradients whether the gradients stand below the weights, in a scale of their own; pointing at one shows the
 *   other. Default false
 * @throws DataError if the shape is another; GradError if gradients are asked for and there are none
 * @see Zeiler & Fergus 2014, arXiv:1311.2901; Krizhevsky et al. 2012, figure 3
 * @example show.filters(net.conv1, { title: "conv1" })
 * @example
 * F.crossEntropy(net(images), labels).backward();
 * show.filters(net.conv1, { gradients: true });
 */
export function filters(w: Tensor | Module, options: FiltersOptions = {}): Picture {
  checkOptions("show.filters", options, optionNames, arguments, 1);
  const { gradients = false } = options;
  if (typeof gradients !== "boolean")
    throw wrongKind("show.filters", "gradients", "true or false", gradients, "The default is false.");
  const weight = weightOf(w);
  const fields = viewFields("show.filters", options, "Filters");
  const gradient = gradients ? gradientOf(weight) : undefined;
  return new Picture(async () => {
    const own = await gridOf(weight, fields.title);
    const { statistics } = own;
    if (!gradient) return { ...fields, subtitle: subtitleOf(weight, statistics), marks: [own.grid] };
    const beside = await gridOf(gradient, fields.title);
    const broken = { unusual: statistics.unusual + beside.statistics.unusual };
    return {
      ...fields,
      subtitle: subtitleOf(weight, broken),
      marks: [
        { ...own.grid, title: "Weights", link: "filters" },
        { ...beside.grid, title: "Gradients", link: "filters" },
      ],
    };
  });
}

/** @throws DataError unless it is a weight of filters, or a layer that has one */
function weightOf(w: Tensor | Module): Tensor {
  if (!isModule(w)) {
    checkTensor("show.filters", w as Tensor, [4], "weights [K,C,R,S]");
    return w as Tensor;
  }
  const { weight } = w as Module & { weight?: unknown };
  if (weight instanceof Tensor && weight.shape.length === 4 && weight.numel() > 0) return weight;
  const kind = w.constructor.name;
  throw new DataError(
    `show.filters: ${kind} has no filters [K,C,R,S]` +
      `${weight instanceof Tensor ? `, its weight is ${showShape(weight.shape)}` : ""}. Give a 2-D convolution: net.conv1.`,
  );
}

/** @throws GradError if there is none */
function gradientOf({ grad, shape }: Tensor): Tensor {
  if (grad) return grad;
  throw new GradError(
    `show.filters: the weight has no gradient yet (weight ${showShape(shape)}). Call backward() on the loss before.`,
  );
}

/** @param layer what the view calls the layer: a weight knows no path */
const gridOf = async (w: Tensor, layer: string): Promise<{ grid: GridMark; statistics: Statistics }> =>
  filtersGrid(await numbersOf(w), w.shape, { layer });

/**
 * The grid of weights [K,C,R,S], without a title.
 * @param options.layer what the view calls the layer; default none
 * @param options.exact whether it carries its numbers, where they are few; default true
 */
export function filtersGrid(
  values: Planes["values"],
  shape: readonly number[],
  { layer, exact = true }: { layer?: string; exact?: boolean } = {},
): { grid: GridMark; statistics: Statistics } {
  const statistics = statisticsOf(values);
  const { min, max, mean } = statistics;
  return {
    statistics,
    grid: {
      mark: "grid",
      tile: "filter",
      ...(shape[1] === 3 ? inColour(values, shape, exact) : tileByTile(values, shape, statistics.finite, exact)),
      ...(layer === undefined ? {} : { layer: layerOf(layer, shape) }),
      statistics: { min, max, mean },
    },
  };
}

type Tiles = Pick<GridMark, "scale" | "ownScales" | "columns" | "labels" | "pixels">;

function inColour(values: Planes["values"], [filters, , height, width]: readonly number[], exact: boolean): Tiles {
  const size = 3 * height * width;
  const largest = Array.from({ length: filters }, (_, filter) => {
    let most = 0;
    for (let i = filter * size; i < (filter + 1) * size; i++)
      if (Number.isFinite(values[i])) most = Math.max(most, Math.abs(values[i]));
    return most;
  });
  // A filter of zeros has no largest weight; grey is zero in any scale.
  const otherwise = Math.max(...largest) || 1;
  const range = (filter: number): [number, number] => {
    const end = largest[filter] || otherwise;
    return [-end, end];
  };
  const planes = { values, planes: filters * 3, height, width };
  const pixels = packPlanes(planes, { group: 3, keep: MOST_TILES, exact, range });
  const shown = pixels.planes / 3;
  return { scale: "rgb", ownScales: true, columns: columnsFor(shown), labels: numbered(shown), pixels };
}

function tileByTile(
  all: Planes["values"],
  [filters, channels, height, width]: readonly number[],
  range: readonly [number, number],
  exact: boolean,
): Tiles {
  const tooMany = filters * channels > MOST_TILES;
  const each = shownChannels([filters, channels]);
  const shownFilters = Math.min(filters, Math.max(1, Math.floor(MOST_TILES / each)));
  const planes = shownFilters * each;
  const size = height * width;
  const values = new Float64Array(planes * size);
  for (let plane = 0; plane < planes; plane++) {
    const from = Math.floor(plane / each) * channels + (plane % each);
    for (let i = 0; i < size; i++) values[plane * size + i] = all[from * size + i];
  }
  const pixels = packPlanes({ values, planes, height, width }, { keep: MOST_TILES, exact, range: () => range });
  if (tooMany) pixels.reducedFrom = { planes: filters * channels, height, width };
  const name = (plane: number): string => `f${Math.floor(plane / each)} c${plane % each}`;
  return {
    scale: "diverging",
    columns: channels === 1 ? columnsFor(pixels.planes) : each * Math.max(1, Math.floor(ROW / each)),
    labels: channels === 1 ? numbered(pixels.planes) : Array.from({ length: pixels.planes }, (_, i) => name(i)),
    pixels,
  };
}

/** What the tiles of a grid of weights stand for. */
const layerOf = (name: string, shape: readonly number[]): NonNullable<GridMark["layer"]> => ({
  name,
  units: shape[0],
  ...(shape[1] === 3 ? {} : { tiles: shownChannels(shape) }),
});

/** Channels of a filter that have a tile. */
const shownChannels = ([filters, channels]: readonly number[]): number =>
  filters * channels > MOST_TILES ? Math.min(channels, MOST_CHANNELS) : channels;

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
  "in colour, of which one is zero": () => {
    const [some, zeros] = [waves([2, 3, 5, 5]), fromArray(new Float32Array(75), [1, 3, 5, 5])];
    return filters(cat([some, zeros]));
  },
  "over six channels": () => filters(waves([16, 6, 5, 5]), { title: "conv2" }),
  "of a large layer": () => filters(waves([64, 64, 3, 3])),
  "of a layer, with gradients": () => {
    const layer = skipInit(() => new Conv2d(2, 3, 3));
    layer.weight.grad = waves([3, 2, 3, 3]).mul(0.01);
    layer.loadStateDict({ weight: waves([3, 2, 3, 3]), bias: waves([3, 1, 1, 1]).reshape(3) });
    return filters(layer, { gradients: true });
  },
};
