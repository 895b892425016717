import { isArray, show } from "../../arguments";
import { enableGrad, noGrad } from "../../autograd/noGrad";
import { gradients } from "../../autograd/tape";
import { DataError } from "../../errors";
import { traceNetwork, type GraphNode, type NetworkGraph } from "../../graph";
import { imagesOf } from "../../interpret/input";
import { layerOf, watchLayer, type Layer } from "../../interpret/layer";
import { packPlanes, type FieldStep, type GridMark, type TableMark } from "../../marks";
import * as nn from "../../nn";
import { inEvaluation, type Module } from "../../nn/module";
import { checkOptions, type OptionNames } from "../../options";
import { showShape } from "../../tensor/shape";
import { fromArray, ones } from "../../tensor/create";
import type { Tensor } from "../../tensor/tensor";
import type { GridField, Sides } from "../../summary/field";
import { columnsOf } from "../cells";
import { Picture } from "../picture";
import { statisticsOf } from "../statistics";
import { fieldsOf, pathTo } from "../structure/fields";
import { checkImage, numbersOf } from "../tensors";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

export interface ReceptiveFieldOptions extends ViewOptions {
  /** A module of the network or its path: "layer2.0"; default the last layer that gives maps. */
  layer?: Layer;
  /**
   * Which number of the layer's output: [channel, row, column], or [unit] where it has no rows and columns. Default: the largest
   * of those in the middle, since a ReLU that gives 0 has no gradient.
   */
  at?: readonly number[];
  /** Which image of the batch; default 0. */
  image?: number;
}
const optionNames: OptionNames<ReceptiveFieldOptions> = { layer: true, at: true, image: true, ...viewOptionNames };
const CALLER = "show.receptiveField";

/**
 * What one number of a layer's output sees of an image: its box as `receptiveField` works it out, how the box grows from
 * layer to layer (of each, the number in the middle of what leads there), and the effective field, which is the absolute gradient
 * of that number with respect to each pixel, summed over the channels. In evaluation mode; no gradient and no running statistic
 * is touched. Shapes: x [N,C,H,W].
 * @throws DataError if there is no such layer, number or image; ShapeError if x is no images
 * @see Luo et al. 2016, arXiv:1701.04128; Araujo et al. 2019, distill.pub
 * @example show.receptiveField(net, images, { layer: net.conv2, at: [0, 4, 4] })
 */
export function receptiveField(net: Module, x: Tensor, options: ReceptiveFieldOptions = {}): Picture {
  checkOptions(CALLER, options, optionNames, arguments, 2);
  const fields = viewFields(CALLER, options, "Receptive field");
  const images = imagesOf(CALLER, net, x);
  const { image = 0 } = options;
  checkImage(CALLER, image, images.shape[0], x.shape);
  const one = images.narrow(0, image, 1).detach();
  const asked = options.layer === undefined ? undefined : layerOf(CALLER, net, options.layer);
  const graph = traceNetwork(CALLER, net, one, { compute: false });
  const module = asked ?? lastWithMaps(graph);
  const target = nodeOf(net, graph, module);
  const place = placeIn(target, options.at);
  const known = fieldsOf(graph);
  const field = known.get(target.id);
  if (!field)
    throw new DataError(
      `${CALLER}: what ${target.id} sees is not known, because an op before it has no windows that are. ` +
        `Ask for a layer before that.`,
    );
  const [, , height, width] = one.shape;
  return new Picture(async () => {
    const at = options.at === undefined ? await liveliest(net, one, module, place) : place;
    const steps = growth(graph, target, known, at);
    const heat = await effective(net, one, module, at);
    const box = steps[steps.length - 1];
    const effect = effectOf(heat, [height, width], box);
    const name = `${pathOf(net, module) || module.constructor.name} [${at.join(", ")}]`;
    return {
      ...fields,
      subtitle: `${name} of image ${image}: ${effect}`,
      marks: [
        {
          mark: "field",
          size: [height, width],
          panels: [
            { name: "input", grid: await pictureOf(one) },
            { name: "absolute gradient", grid: gridOf(heat, 1, height, width) },
          ],
          steps,
        },
        growthTable(graph, target, known, steps),
      ],
    };
  });
}

const pathOf = (net: Module, module: Module): string | undefined =>
  net.namedModules().find(([, each]) => each === module)?.[0];

/** @throws DataError if no layer gives maps */
function lastWithMaps({ nodes }: NetworkGraph): Module {
  const isMaps = ({ output: { shape } }: GraphNode): boolean => shape.length === 4 && shape[2] * shape[3] > 1;
  const found = [...nodes].reverse().find((node) => node.module !== null && isMaps(node));
  if (found?.module) return found.module;
  throw new DataError(`${CALLER}: no layer of this network gives maps [N,C,H,W]. Name one: { layer: "fc" }.`);
}

/** The node that gives the module's output: the module, or the last that ran in it. */
function nodeOf(net: Module, graph: NetworkGraph, module: Module): GraphNode {
  const path = pathOf(net, module);
  const inside = ({ scope }: GraphNode): boolean => path === "" || scope === path || scope.startsWith(`${path}.`);
  const found = [...graph.nodes]
    .reverse()
    .find((node) => node.module === module || (node.kind !== "input" && inside(node)));
  if (!found)
    throw new DataError(
      `${CALLER}: the layer (${module.constructor.name}) did not run when the network did. Is it part of this network?`,
    );
  return found;
}

/** @throws DataError if the output has no such number */
function placeIn({ id, output: { shape } }: GraphNode, at: readonly number[] | undefined): number[] {
  const sides = shape.slice(1);
  if (at === undefined) return sides.map((side, i) => (i === 0 ? 0 : Math.floor((side - 1) / 2)));
  const fits =
    isArray(at) &&
    at.length === sides.length &&
    at.every((place, i) => Number.isInteger(place) && place >= 0 && place < sides[i]);
  if (fits) return [...at];
  const most = sides.map((side) => side - 1).join(", ");
  throw new DataError(
    `${CALLER}: ${id} has no number at ${show(at)} (its output is ${showShape(shape)}). ` +
      `Give ${sides.length === 3 ? "[channel, row, column]" : "a place"} up to [${most}].`,
  );
}

/** Of each layer that leads to the number, the box of the one of its numbers that lies in the middle of the number's box. */
function growth(
  graph: NetworkGraph,
  target: GraphNode,
  known: ReadonlyMap<string, GridField>,
  at: readonly number[],
): FieldStep[] {
  const own = known.get(target.id) as GridField;
  const place: Sides = at.length === 3 ? [at[1], at[2]] : [0, 0];
  const start = (field: GridField, unit: Sides, side: 0 | 1): number =>
    field.start[side] + unit[side] * field.jump[side];
  const middle = ([0, 1] as const).map((side) => start(own, place, side) + (own.size[side] - 1) / 2);
  return pathTo(graph, target)
    .slice(1)
    .flatMap((node): FieldStep[] => {
      const field = known.get(node.id);
      if (!field) return [];
      const hasPlace = field.jump.every((jump) => jump > 0) && node.output.shape.length === 4;
      const nearest = (side: 0 | 1): number => {
        if (!hasPlace) return 0;
        const exact = (middle[side] - (field.size[side] - 1) / 2 - field.start[side]) / field.jump[side];
        return Math.min(node.output.shape[2 + side] - 1, Math.max(0, Math.round(exact - 1e-9)));
      };
      const unit: Sides = node === target ? place : [nearest(0), nearest(1)];
      return [
        {
          layer: node.id,
          ...{ top: start(field, unit, 0), left: start(field, unit, 1), height: field.size[0], width: field.size[1] },
          unit: hasPlace ? [unit[0], unit[1]] : null,
        },
      ];
    });
}

/** The place with the channel whose number there is the largest. */
async function liveliest(net: Module, one: Tensor, module: Module, [, ...place]: readonly number[]): Promise<number[]> {
  const map = inEvaluation(() => noGrad(() => watchLayer(CALLER, net, one, module).map));
  const column = place.reduceRight((picked, index, i) => picked.select(2 + i, index), map);
  return [await column.select(0, 0).argmax().item(), ...place];
}

/** |d number / d pixel|, summed over the channels: [H*W]. */
async function effective(net: Module, one: Tensor, module: Module, at: readonly number[]): Promise<Float64Array> {
  const gradient = inEvaluation(() =>
    enableGrad(() => {
      const leaf = one.detach();
      leaf.requiresGrad = true;
      const { map } = watchLayer(CALLER, net, leaf, module);
      const unit = at.reduce((picked, place) => picked.select(0, place), map.select(0, 0));
      return gradients(unit, ones([], { dtype: unit.dtype, device: unit.device }).storage.memory, [leaf])[0];
    }),
  );
  const [, channels, height, width] = one.shape;
  const sums = new Float64Array(height * width);
  if (!gradient) return sums;
  const values = await numbersOf(gradient);
  for (let i = 0; i < channels * sums.length; i++) sums[i % sums.length] += Math.abs(values[i]);
  return sums;
}

/** What of the gradient the middle of the box holds: half its height and half its width. */
function effectOf(heat: Float64Array, [, width]: readonly [number, number], box: FieldStep): string {
  const total = heat.reduce((sum, value) => sum + value, 0);
  const whole = `a box of ${box.height}×${box.width} pixels`;
  if (total === 0) return `${whole}; its gradient is zero, as behind a ReLU that gives 0`;
  const within = (value: number, start: number, length: number): boolean =>
    value + 0.5 >= start + length / 4 && value + 0.5 <= start + (3 * length) / 4;
  const share =
    heat.reduce((sum, value, i) => {
      const [row, column] = [Math.floor(i / width), i % width];
      return within(row, box.top, box.height) && within(column, box.left, box.width) ? sum + value : sum;
    }, 0) / total;
  return `${whole}; ${(100 * share).toFixed(1)} % of the gradient lies in its middle, half as high and half as wide`;
}

function growthTable(
  graph: NetworkGraph,
  target: GraphNode,
  known: ReadonlyMap<string, GridField>,
  steps: readonly FieldStep[],
): TableMark {
  const sides = ([vertical, horizontal]: Sides): string | number =>
    vertical === horizontal ? vertical : `${vertical}×${horizontal}`;
  const names = new Map(pathTo(graph, target).map((node) => [node.id, node.module?.constructor.name ?? node.kind]));
  const rows = steps.map(({ layer, top, left, unit }) => {
    const { size, jump, start } = known.get(layer) as GridField;
    return [
      layer,
      names.get(layer) ?? "",
      sides(size),
      sides(jump),
      sides(start),
      unit ? `[${unit.join(", ")}]` : "",
      `[${top}, ${left}]`,
    ];
  });
  const columns = columnsOf(
    [
      "layer",
      "kind",
      "sees",
      "step between neighbours",
      "first one's box begins at",
      "number shown",
      "its box begins at",
    ],
    rows,
  );
  const subtitle =
    "In pixels of the input: how many a number of the layer sees a side, how far the boxes of two neighbouring numbers " +
    "lie apart, and where boxes begin (below 0 in the padding). A number shown is [row, column] of the layer's output.";
  return { mark: "table", title: "How it grows", subtitle, columns, rows, digits: 4, left: 0 };
}

async function pictureOf(one: Tensor): Promise<GridMark> {
  const [, channels, height, width] = one.shape;
  const values = await numbersOf(one);
  if (channels === 3 || channels === 1) return gridOf(Float64Array.from(values), channels, height, width, "grey");
  const sums = new Float64Array(height * width);
  for (let i = 0; i < values.length; i++) sums[i % sums.length] += values[i] / channels;
  return gridOf(sums, 1, height, width, "grey");
}

function gridOf(values: Float64Array, channels: 1 | 3, height: number, width: number, palette?: "grey"): GridMark {
  const { min, max, mean, finite } = statisticsOf(values);
  const range = (): readonly [number, number] => (palette ? finite : [0, finite[1]]);
  const pixels = packPlanes({ values, planes: channels, height, width }, { group: channels, exact: true, range });
  return {
    mark: "grid",
    scale: channels === 3 ? "rgb" : "sequential",
    ...(palette ? { palette } : {}),
    tile: "image",
    columns: 1,
    labels: [],
    pixels,
    statistics: { min, max, mean },
  };
}

/** Rings in three colours. */
const picture = (side: number): Tensor =>
  fromArray(
    Float32Array.from({ length: 3 * side * side }, (_, i) => {
      const [channel, row, column] = [Math.floor(i / (side * side)), Math.floor(i / side) % side, i % side];
      return 0.5 + 0.5 * Math.cos(Math.hypot(row - side / 2, column - side / 3) * (0.4 + 0.1 * channel));
    }),
    [1, 3, side, side],
  );
class Small extends nn.Module {
  conv1 = new nn.Conv2d(3, 6, 5, { padding: 2 });
  pool = new nn.MaxPool2d(2);
  conv2 = new nn.Conv2d(6, 16, 5, { padding: 2 });
  fc = new nn.Linear(16 * 16 * 16, 10);
  forward(x: Tensor): Tensor {
    return this.fc(
      this.conv2(this.pool(this.conv1(x).relu()))
        .relu()
        .flatten(1),
    );
  }
}

export const samples: Samples = {
  "in the middle": () => receptiveField(new Small(), picture(32), { layer: "conv2", at: [2, 8, 8] }),
  "at the border": () => receptiveField(new Small(), picture(32), { layer: "conv2", at: [0, 0, 15] }),
  "of the last layer with maps": () => receptiveField(new Small(), picture(32)),
  "of the whole image": () => receptiveField(new Small(), picture(32), { layer: "fc", at: [3] }),
};
