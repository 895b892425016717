import { isModule, isTensor, show, wrongKind } from "../arguments";
import { noGrad } from "../autograd/noGrad";
import { DataError } from "../errors";
import { Conv2d } from "../nn/layers/conv2d";
import { everyPath, inEvaluation, watchModules, type Module } from "../nn/module";
import type { Tensor } from "../tensor/tensor";

/** A module of a network, or its path: `net.conv2`, "conv2", "layer1.0.conv1". */
export type Layer = Module | string;

/** As many paths as an error names. */
const NAMED = 12;

/** @throws DataError if the network has no layer of that path; TypeError unless it is a module or a path */
export function layerOf(caller: string, net: Module, layer: Layer): Module {
  if (typeof layer !== "string") {
    if (!isModule(layer))
      throw wrongKind(caller, "layer", "a module of the network, or its path", layer, 'Write { layer: "conv2" }.');
    return layer;
  }
  const found = everyPath(net, "").find(([path]) => path === layer);
  if (found) return found[1];
  throw new DataError(`${caller}: the network has no layer ${show(layer)}. ${layersIn(net)}`);
}

function layersIn(net: Module): string {
  const paths = net.namedModules().flatMap(([path]) => (path ? [path] : []));
  if (paths.length === 0) return "It has no layers inside it: give the network itself.";
  const more = paths.length > NAMED ? ` and ${paths.length - NAMED} more` : "";
  return `It has ${paths.slice(0, NAMED).join(", ")}${more}.`;
}

/**
 * What the network gives for x, and what a layer gave in it: in its last run if it ran several times.
 * @throws DataError if the layer did not run
 */
export function watchLayer(caller: string, net: Module, x: Tensor, layer: Module): { output: Tensor; map: Tensor } {
  let map: Tensor | undefined;
  const output = watchModules(
    (module, _, given) => {
      if (module === layer) map = given;
    },
    () => net(x),
  );
  if (!map)
    throw new DataError(
      `${caller}: the layer (${layer.constructor.name}) did not run when the network did. ` +
        `Is it part of this network? ${layersIn(net)}`,
    );
  return { output, map };
}

/**
 * The convolution that gives maps [N,K,P,Q] last when the network runs on these images.
 * @throws DataError if there is none, with the layers that give maps
 */
export function lastConvolution(caller: string, net: Module, images: Tensor): Module {
  let last: Module | undefined;
  const watch = (module: Module, _: unknown, output: Tensor): void => {
    if (module instanceof Conv2d && output.shape.length === 4) last = module;
  };
  inEvaluation(() => noGrad(() => watchModules(watch, () => net(images))));
  if (last) return last;
  throw new DataError(
    `${caller}: no nn.Conv2d of this network gives maps, name a layer. ${layersWithMaps(net, images)}`,
  );
}

/** "conv2", "layer 3" in a Sequential; of what has no path, as the network itself, its class. */
export function nameOfLayer(net: Module, layer: Module): string {
  const path = net.namedModules().find(([, each]) => each === layer)?.[0] ?? "";
  return /^\d+$/.test(path) ? `layer ${path}` : path || layer.constructor.name;
}

/** The last layers that give maps, as the end of an error. */
export function layersWithMaps(net: Module, images: Tensor): string {
  const paths = new Map(net.namedModules().map(([path, module]) => [module, path]));
  const found = new Set<string>();
  const watch = (module: Module, _: unknown, output: unknown): void => {
    const path = paths.get(module);
    if (path && isTensor(output) && output.shape.length === 4) found.add(path);
  };
  inEvaluation(() => noGrad(() => watchModules(watch, () => net(images))));
  if (found.size === 0) return "No layer of this network gives maps.";
  return `Layers with maps are ${[...found].slice(-12).join(", ")}.`;
}
