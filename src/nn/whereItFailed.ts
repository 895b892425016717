/** The table below a shape error: which layers ran, what they gave, and which one failed. */
import { showShape, type Shape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { columns } from "../text/columns";
import type { Module } from "./module";

/** A module whose forward is running. */
export interface Running {
  module: Module;
  inputs: readonly Tensor[];
}
/** A module that has run, and the shape of what it gave. */
export interface Finished {
  module: Module;
  shape: Shape;
}

/** Of deep networks only the last layers are shown: what went wrong is near. */
const SHOWN = 12;

/**
 * The lines to add to an error's message, with the line break before them; "" unless at least two layers ran.
 * @param running  from the outermost module to the one that failed
 * @param finished all modules that ran, in the order in which they ended
 */
export function layersUntil(running: readonly Running[], finished: readonly Finished[]): string {
  const [outermost] = running;
  const failed = running[running.length - 1];
  const layers = finished.filter(({ module }) => module.children().length === 0);
  if (layers.length < 2) return "";

  const paths = new Map<Module, string>();
  for (const [path, module] of outermost.module.namedModules()) if (!paths.has(module)) paths.set(module, path);
  const nameOf = (module: Module): string => paths.get(module) ?? module.constructor.name;
  const shapes = (inputs: readonly Tensor[]): string => inputs.map(({ shape }) => showShape(shape)).join(", ");

  const hidden = Math.max(0, layers.length - SHOWN);
  const own = failed.module.children().length === 0 ? failed.inputs : undefined;
  const rows = [
    ["layer", "kind", "output shape"],
    ["input", "", shapes(outermost.inputs)],
    ...(hidden > 0 ? [["...", `${hidden} layers`, ""]] : []),
    ...layers.slice(hidden).map(({ module, shape }) => [nameOf(module), kindOf(module), showShape(shape)]),
    [
      nameOf(failed.module) || "net",
      own ? kindOf(failed.module) : failed.module.constructor.name,
      own ? `fails on ${shapes(own)}` : `fails after ${showShape(layers[layers.length - 1].shape)}`,
    ],
  ];
  return columns(rows)
    .map((line) => `\n  ${line}`)
    .join("");
}

const kindOf = (module: Module): string => `${module.constructor.name}(${module.extraRepr()})`;
