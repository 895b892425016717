import { checkModule, checkTensor, show, wrongKind } from "../../arguments";
import { DataError } from "../../errors";
import { Conv2d } from "../../nn/layers/conv2d";
import { Flatten } from "../../nn/layers/flatten";
import { Linear } from "../../nn/layers/linear";
import { ReLU } from "../../nn/layers/relu";
import { Sequential } from "../../nn/layers/sequential";
import type { Module } from "../../nn/module";
import { checkOptions, type OptionNames } from "../../options";
import type { Displayable } from "../../protocol";
import { fromArray } from "../../tensor/create";
import type { Tensor } from "../../tensor/tensor";
import { histogramOf, QUANTITIES, tensorsOf, type Quantity } from "../histograms/collect";
import { seriesOf } from "../histograms/series";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

export interface HistogramsOptions extends ViewOptions {
  /** What is counted, a column each; default weights, and gradients where there are some, and activations with x. */
  of?: readonly Quantity[];
  /** The input for activations. */
  x?: Tensor;
  /** Default 40. */
  bins?: number;
  /** The number of the step, where histograms are shown over a run; default how often they were. */
  step?: number;
}
const optionNames: OptionNames<HistogramsOptions> = { of: true, x: true, bins: true, step: true, ...viewOptionNames };

/** Layers that are shown. */
const MOST_LAYERS = 40;

/**
 * Histograms of a network's numbers as they are at the call, a row a layer: its weights (all parameters but biases), the
 * gradients that `backward()` left for them, and what each innermost layer gives for x in evaluation mode. Numbers that are NaN
 * or infinite are counted apart. Each histogram is scaled to its tallest bar. Called again for the same network while a cell
 * runs, it adds a step to the histograms below that cell, with a slider; the first step stays as a dashed line.
 * @throws TypeError unless it is a network; DataError if there is no gradient, or no x for activations
 * @see Glorot & Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks", figures 2 to 5
 * @example show.histograms(net, { of: ["weights", "activations"], x: images })
 */
export function histograms(net: Module, options: HistogramsOptions = {}): Displayable {
  const caller = "show.histograms";
  checkOptions(caller, options, optionNames, arguments, 1);
  checkModule(caller, "net", net);
  const { x, bins = 40, step } = options;
  if (x !== undefined) checkTensor(caller, "x", x);
  if (!Number.isInteger(bins) || bins < 1 || bins > 200)
    throw new DataError(
      `${caller}: bins must be a whole number from 1 to 200, got ${show(bins)}. 40 suit most layers.`,
    );
  if (step !== undefined && typeof step !== "number")
    throw wrongKind(caller, "step", "a number", step, "Write { step: epoch }.");
  const fields = viewFields(caller, options, "Histograms");
  const of = quantitiesOf(caller, net, options);
  const all = tensorsOf(caller, net, of, x);
  if (all.length === 0)
    throw new DataError(`${caller}: no layer of the network has ${of.join(" or ")}. Ask for activations of an input.`);
  const layers = all.slice(0, MOST_LAYERS);
  const kind = {
    ...{ fields, columns: [...of], rows: layers.map(({ layer }) => layer), bins },
    note: [
      of.includes("gradients") ? "gradients are those of the last backward()" : "",
      layers.length < all.length ? `the first ${layers.length} of ${all.length} layers` : "",
    ]
      .filter(Boolean)
      .join(" · "),
  };
  const series = seriesOf(net, kind);
  const cells = layers.flatMap(({ tensors }) =>
    of.map((quantity) => {
      const some = tensors[quantity];
      return some ? histogramOf(some, bins) : null;
    }),
  );
  series.add({ name: step === undefined ? "" : `step ${step}`, cells });
  return series;
}

function quantitiesOf(caller: string, net: Module, { of, x }: HistogramsOptions): readonly Quantity[] {
  if (of === undefined) {
    const hasGradients = net.namedParameters().some(([path, { gradient }]) => gradient && !/(^|\.)bias$/.test(path));
    const parameters = net.parameters().length > 0;
    return QUANTITIES.filter((quantity) =>
      quantity === "weights" ? parameters || !x : quantity === "gradients" ? hasGradients : x !== undefined,
    );
  }
  const list: unknown = of;
  const known = `Use ${QUANTITIES.map((each) => `"${each}"`).join(", ")}.`;
  if (!Array.isArray(list) || list.length === 0)
    throw wrongKind(caller, "of", "an array of what is counted", of, `Write { of: ["weights"] }.`);
  const wrong = (list as unknown[]).findIndex((each) => !QUANTITIES.includes(each as Quantity));
  if (wrong >= 0)
    throw new DataError(`${caller}: there are no histograms of ${show((list as unknown[])[wrong])}. ${known}`);
  return QUANTITIES.filter((quantity) => of.includes(quantity));
}

/** A network whose numbers are the same in every run. */
function network(): { net: Module; x: Tensor } {
  const wave = (shape: readonly number[], scale: number): Tensor => {
    const size = shape.reduce((a, b) => a * b);
    return fromArray(
      Float32Array.from({ length: size }, (_, i) => scale * (Math.sin(i * 12.9898) + Math.sin(i * 4.1414))),
      shape,
    );
  };
  const [conv, linear] = [new Conv2d(1, 4, 3), new Linear(144, 5)];
  conv.loadStateDict({ weight: wave([4, 1, 3, 3], 0.2), bias: wave([4], 0.1) });
  linear.loadStateDict({ weight: wave([5, 144], 0.05), bias: wave([5], 0.1) });
  return { net: new Sequential(conv, new ReLU(), new Flatten(), linear), x: wave([6, 1, 8, 8], 1) };
}

export const samples: Samples = {
  weights: () => histograms(network().net),
  "weights, gradients and activations": () => {
    const { net, x } = network();
    net(x).pow(2).mean().backward();
    return histograms(net, { x, title: "After one backward pass" });
  },
  "numbers that are not": () => {
    const { net } = network();
    const [first] = net.parameters();
    net.loadStateDict({ ...net.stateDict(), "0.weight": first.detach().log() });
    return histograms(net, { of: ["weights"], bins: 20 });
  },
};
