/** A network as the inspector shows it: what its layers answer to an input. */
import type { Numbers, View } from "../../../marks";
import { Conv2d } from "../../../nn/layers/conv2d";
import type { Module } from "../../../nn/module";
import { showShape } from "../../../tensor/shape";
import type { Tensor } from "../../../tensor/tensor";
import { networkContent } from "../../network/content";
import { explore } from "../../network/explore";
import type { Explored } from "../../network/explored";
import { carriesAll } from "../../network/payload";
import { filters } from "../../show/filters";
import { uniqueName } from "../../uniqueName";
import { quietly } from "../quietly";
import { inspected } from "../registry";
import { tensorMarks } from "./tensor";

/** The numbers of the last view of each network: an inspector that draws twice a second keeps one of them, not all. */
const lastExplored = new WeakMap<Module, object>();

/** The parameters of each network's last view, and their name. */
const lastParameters = new WeakMap<Module, { numbers: Numbers[]; name: string }>();

/** The name of the network's parameters as they are: that of its last view, unless a number has changed since. */
function parametersName(net: Module, explored: Explored): string {
  const numbers = explored.parameters();
  const last = lastParameters.get(net);
  if (last && areSame(last.numbers, numbers)) return last.name;
  const name = uniqueName();
  lastParameters.set(net, { numbers, name });
  return name;
}

const areSame = (before: readonly Numbers[], now: readonly Numbers[]): boolean =>
  before.length === now.length &&
  before.every(({ data }, i) => {
    const other = now[i].data;
    if (data.length !== other.length) return false;
    // A loop, because this is done at every stroke of a pen.
    for (let at = 0; at < data.length; at++) if (!Object.is(data[at], other[at])) return false;
    return true;
  });

/**
 * The explorer of a network on x [1,...], and the share of each class.
 * @param names of classes; of no use unless there is one for each score
 * @param have  the name of the parameters that the reader has, which are then left out; default none
 */
export async function networkView(
  net: Module,
  x: Tensor,
  names: readonly string[] | undefined,
  have?: string,
): Promise<{ view: View; shares?: Float32Array; parameters?: string }> {
  const explored = await quietly(() => explore("view", net, x, undefined));
  const { probabilities } = explored;
  const classes = names?.length === probabilities?.length ? names : undefined;
  const parameters = carriesAll(explored) ? parametersName(net, explored) : undefined;
  const isBare = parameters !== undefined && parameters === have;
  const run = { explored, input: x, image: 0 };
  const content = networkContent("view", net, run, { classes, isBare }, (kept) => {
    lastExplored.set(net, kept);
    return inspected.idOf(kept);
  });
  const view: View = { version: 2, title: net.constructor.name, ...content };
  return {
    view,
    ...(probabilities ? { shares: Float32Array.from(probabilities) } : {}),
    ...(parameters === undefined ? {} : { parameters }),
  };
}

/** The network without an input: its first filters, or its first parameter. @throws Error if it has none */
export async function weightsView(net: Module): Promise<View> {
  const conv = net.namedModules().find(([, layer]) => layer instanceof Conv2d);
  const title = net.constructor.name;
  if (conv) {
    const { subtitle, marks } = await filters((conv[1] as Conv2d).weight).view();
    return { version: 2, title, subtitle: `${conv[0]}: filters ${subtitle ?? ""}`, marks };
  }
  const [first] = net.namedParameters();
  if (!first) throw new Error("view: the network has no parameters. Give it an input.");
  const [path, parameter] = first;
  return { version: 2, title, subtitle: `${path} ${showShape(parameter.shape)}`, marks: await tensorMarks(parameter) };
}
