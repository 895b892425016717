/** What the layers of a network give for images, in evaluation mode and without a graph. */
import { isArray, show, wrongKind } from "../../arguments";
import { noGrad } from "../../autograd/noGrad";
import { DataError } from "../../errors";
import { imagesOf } from "../../interpret/input";
import { layerOf, type Layer } from "../../interpret/layer";
import { inEvaluation, watchModules, type Module } from "../../nn/module";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { numbersOf } from "../tensors";
import type { Maps } from "./mapsGrid";

/** What one layer gave in one of its runs. */
export interface LayerMaps extends Maps {
  /** "conv1"; "pool#2" where it runs a second time. */
  name: string;
  layer: Module;
}

/** @throws TypeError unless it is a list of layers, DataError if the network has no such layer */
export function checkLayers(caller: string, net: Module, layers: readonly Layer[] | undefined): Module[] | undefined {
  if (layers === undefined) return undefined;
  if (!isArray(layers))
    throw wrongKind(caller, "layers", "an array of layers or paths", layers, 'Write { layers: ["conv1"] }.');
  if (layers.length === 0)
    throw new DataError(`${caller}: layers is empty. Name some, or leave it out: then all that give maps are shown.`);
  return layers.map((layer) => layerOf(caller, net, layer));
}

/**
 * The maps of the layers in the order in which they run.
 * @param layers default: each layer without others in it that gives maps
 * @throws DataError if one of `layers` does not run, or gives no maps [N,C,H,W]
 */
export async function layerMaps(
  caller: string,
  net: Module,
  x: Tensor,
  layers: readonly Module[] | undefined,
): Promise<LayerMaps[]> {
  const images = imagesOf(caller, net, x);
  const ran: { layer: Module; output: Tensor }[] = [];
  const watch = (layer: Module, _: unknown, output: Tensor): void => {
    if (layers ? layers.includes(layer) : layer.children().length === 0) ran.push({ layer, output });
  };
  inEvaluation(() => noGrad(() => watchModules(watch, () => net(images))));
  const paths = new Map(net.namedModules().map(([path, module]) => [module, path]));
  const nameOf = (layer: Module): string => paths.get(layer) || layer.constructor.name;
  const isMaps = ({ shape }: Tensor): boolean =>
    shape.length === 4 && shape[0] === images.shape[0] && !shape.includes(0);
  for (const layer of layers ?? []) {
    const own = ran.find((run) => run.layer === layer);
    if (!own)
      throw new DataError(
        `${caller}: layer ${show(nameOf(layer))} did not run when the network did. Name another one.`,
      );
    if (!isMaps(own.output))
      throw new DataError(
        `${caller}: layer ${show(nameOf(layer))} gives ${showShape(own.output.shape)}, no maps [N,C,H,W] ` +
          `(input ${showShape(x.shape)}). Name layers before flatten.`,
      );
  }
  const maps = ran.filter(({ output }) => isMaps(output));
  if (maps.length === 0)
    throw new DataError(
      `${caller}: no layer of this network gives maps [N,C,H,W] (input ${showShape(x.shape)}). Name a block: { layers: ["features"] }.`,
    );
  return Promise.all(
    maps.map(async ({ layer, output }, i) => {
      const run = maps.slice(0, i + 1).filter((earlier) => earlier.layer === layer).length;
      return {
        name: run > 1 ? `${nameOf(layer)}#${run}` : nameOf(layer),
        layer,
        // A copy: the next forward pass may take the memory of this one.
        values: (await numbersOf(output)).slice(),
        shape: output.shape as unknown as Maps["shape"],
      };
    }),
  );
}
