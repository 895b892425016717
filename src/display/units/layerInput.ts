/** A layer of some kinds in a network, and what it is given there. */
import { checkModule } from "../../arguments";
import { noGrad } from "../../autograd/noGrad";
import { DataError } from "../../errors";
import { inputOf } from "../../interpret/input";
import { layerOf, type Layer } from "../../interpret/layer";
import { inEvaluation, watchModules, type Module } from "../../nn/module";
import type { Tensor } from "../../tensor/tensor";

export interface Found<M extends Module> {
  layer: M;
  /** "" for the network itself. */
  path: string;
  /** Paths of the other layers of these kinds. */
  others: string[];
}

/** As many other layers as a view names. */
const NAMED = 6;

/**
 * The layer that is asked for, or the first of its kinds.
 * @param what of what kind, for messages: "nn.Dropout or nn.Dropout2d"
 * @throws DataError if the network has none, or the one that is asked for is another
 */
export function findLayer<M extends Module>(
  caller: string,
  net: Module,
  asked: Layer | undefined,
  isOne: (module: Module) => module is M,
  what: string,
): Found<M> {
  checkModule(caller, "net", net);
  const all = net.namedModules().filter((entry): entry is [string, M] => isOne(entry[1]));
  const first = all.at(0);
  const layer = asked === undefined ? first?.[1] : layerOf(caller, net, asked);
  if (!layer)
    throw new DataError(`${caller}: the network has no layer that is ${what}. Functions of F leave no layer to find.`);
  if (!isOne(layer))
    throw new DataError(`${caller}: the layer is a ${layer.constructor.name}, must be ${what}. Name another layer.`);
  const path = all.find(([, module]) => module === layer)?.[0] ?? "";
  return { layer, path, others: all.flatMap(([name, module]) => (module === layer ? [] : [name])) };
}

/** "drop1, Dropout2d (others: drop2)" */
export function describeLayer({ layer, path, others }: Found<Module>): string {
  const name = path ? `${path}, ${layer.constructor.name}` : layer.constructor.name;
  const more = others.length > NAMED ? ` and ${others.length - NAMED} more` : "";
  return others.length > 0 ? `${name} (others: ${others.slice(0, NAMED).join(", ")}${more})` : name;
}

/** What the layer is given when the network runs on x in evaluation mode, in its last run. @throws DataError if it does not run */
export function layerInput(caller: string, net: Module, layer: Module, x: Tensor): Tensor {
  const given = inputOf(caller, net, x);
  if (net === layer) return given;
  let input: Tensor | undefined;
  inEvaluation(() =>
    noGrad(() =>
      watchModules(
        (module, inputs) => {
          if (module === layer) [input] = inputs;
        },
        () => net(given),
      ),
    ),
  );
  if (input) return input;
  throw new DataError(
    `${caller}: the layer (${layer.constructor.name}) did not run when the network did. Is it part of this network?`,
  );
}
