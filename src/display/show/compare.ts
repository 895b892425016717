import { isModule, isTensor, show, wrongKind } from "../../arguments";
import { DataError } from "../../errors";
import type { GridMark } from "../../marks";
import { copyOf } from "../../nn/copy";
import type { Module } from "../../nn/module";
import { checkOptions, type OptionNames } from "../../options";
import { sameShape, showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { carriedByAll, MOST_GRIDS, describeMaps } from "../maps/layerGrids";
import { checkLayers, layerMaps, type LayerMaps } from "../maps/layerMaps";
import { mapsGrid, rangeIn } from "../maps/mapsGrid";
import { Picture } from "../picture";
import { sampleImages } from "../samples/images";
import { sampleNet } from "../samples/sampleNet";
import { checkImage, checkTensor, subtitleOf } from "../tensors";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

/** A network, or another state of one, as `stateDict()` and a checkpoint give it. */
export type Compared = Module | Readonly<Record<string, Tensor>>;

export interface CompareOptions extends ViewOptions {
  /** Paths of layers that all of the networks have; default all that give maps. */
  layers?: readonly string[];
  /** Which image of the batch; default all that fit, one at a time, chosen by a slider. */
  image?: number;
}
const optionNames: OptionNames<CompareOptions> = { layers: true, image: true, ...viewOptionNames };
const CALLER = "show.compare";

/**
 * What the layers of two networks, or of two states of one, give for the same images: a grid each below the other's, in one scale.
 * Pointing at a pixel in one shows it in the other. Computed in evaluation mode when the view is displayed; nothing of the
 * networks changes. Shapes: x [N,C,H,W].
 * @param networks by the names that they are to have; a state dict stands for the network beside it in that state
 * @param options.layers paths; default all layers that give maps of one shape in each of the networks
 * @throws DataError if there are fewer than two, none of them is a network, or they have no layer of that path
 * @example
 * const before = net.stateDict();
 * const optimizer = new optim.SGD(net.parameters(), { lr: 1e-4 });
 * optimizer.zeroGrad();
 * F.crossEntropy(net(images), labels).backward();
 * optimizer.step();
 * show.compare({ before, after: net }, images, { layers: ["conv1"] });
 */
export function compare(
  networks: Readonly<Record<string, Compared>>,
  x: Tensor,
  options: CompareOptions = {},
): Picture {
  checkOptions(CALLER, options, optionNames, arguments, 2);
  const named = networksOf(networks);
  const { image, layers } = options;
  const fields = viewFields(CALLER, options, named.map(([name]) => name).join(" and "));
  checkTensor(CALLER, x, [4], "images [N,C,H,W]");
  checkImage(CALLER, image, x.shape[0], x.shape);
  const chosen = named.map(([, net]) => checkLayers(CALLER, net, layers));
  return new Picture(async () => {
    const each: [string, LayerMaps[]][] = [];
    for (const [i, [name, net]] of named.entries()) each.push([name, await layerMaps(CALLER, net, x, chosen[i])]);
    const rows = sharedLayers(each, x);
    const most = Math.floor(MOST_GRIDS / named.length);
    const shown = rows.slice(0, most);
    const { carried, limit } = carriedByAll(
      shown.flatMap((row) => row.map(([, maps]) => maps)),
      image,
    );
    const marks = shown.flatMap((row) => {
      const ends = row.map(([, maps]) => rangeIn(maps, carried));
      const range = [Math.min(...ends.map(([min]) => min)), Math.max(...ends.map(([, max]) => max))] as const;
      return row.map(([name, maps]): GridMark => {
        const labels = Array.from({ length: maps.shape[1] }, (_, channel) => `${channel}`);
        const grid = mapsGrid(maps, { carried, limit, labels, layer: maps.name, range: () => range });
        return { ...grid, title: `${maps.name} · ${name}`, subtitle: describeMaps(maps), link: maps.name };
      });
    });
    const notes = [
      image === undefined ? "" : `image ${image}`,
      "each layer in one scale",
      rows.length > most ? `the first ${most} of ${rows.length} layers: name others with layers` : "",
    ].filter(Boolean);
    return { ...fields, subtitle: subtitleOf(x, { unusual: 0 }, ...notes), marks };
  });
}

/** The networks by name; states as copies of the first network. */
function networksOf(networks: Readonly<Record<string, Compared>>): [string, Module][] {
  if (typeof networks !== "object" || (networks as unknown) === null || isTensor(networks) || Array.isArray(networks))
    throw wrongKind(CALLER, "networks", "an object of networks by name", networks, "Write { a: net, b: other }.");
  const entries = Object.entries(networks);
  const first = entries.find(([, each]) => isModule(each))?.[1] as Module | undefined;
  if (entries.length < 2 || !first)
    throw new DataError(
      `${CALLER}: needs two networks, or a network and a state of it, got ${show(Object.keys(networks))}. ` +
        "Write { before: state, after: net }.",
    );
  return entries.map(([name, each]) => {
    if (isModule(each)) return [name, each as Module];
    const state = copyOf(CALLER, first);
    try {
      state.loadStateDict(each as Record<string, Tensor>);
    } catch (error) {
      if (error instanceof Error) error.message = `${CALLER}: ${name} is no state of the network: ${error.message}`;
      throw error;
    }
    return [name, state];
  });
}

/** A row a layer that all have, with maps of one shape. @throws DataError if there is none */
function sharedLayers(each: [string, LayerMaps[]][], x: Tensor): [string, LayerMaps][][] {
  const [[, first]] = each;
  const rows = first.flatMap((maps) => {
    const row = each.map(([name, all]): [string, LayerMaps | undefined] => [
      name,
      all.find((other) => other.name === maps.name && sameShape(other.shape, maps.shape)),
    ]);
    return row.every((pair): pair is [string, LayerMaps] => pair[1] !== undefined) ? [row] : [];
  });
  if (rows.length > 0) return rows;
  const names = each.map(
    ([name, all]) => `${name} has ${all.map((maps) => `${maps.name} ${showShape(maps.shape)}`).join(", ")}`,
  );
  throw new DataError(
    `${CALLER}: the networks share no layer of one shape: ${names.join("; ")} (input ${showShape(x.shape)}). Show each with show.featureMaps().`,
  );
}

/** The sample network, its weights turned a little. */
const trained = (): Module => {
  const net = sampleNet();
  const state = net.stateDict();
  for (const key of Object.keys(state)) state[key] = state[key].mul(1.3).add(0.02);
  net.loadStateDict(state);
  return net;
};

export const samples: Samples = {
  "two networks": () => compare({ a: sampleNet(), b: trained() }, sampleImages(2), { layers: ["0"] }),
  "two states of one": () =>
    compare({ before: sampleNet().stateDict(), after: trained() }, sampleImages(1), { title: "After a step" }),
};
