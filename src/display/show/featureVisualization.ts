import { checkModule, show, wrongKind } from "../../arguments";
import { ShapeError } from "../../errors";
import {
  featureVisualization as optimise,
  type FeatureVisualizationOptions,
} from "../../interpret/featureVisualization";
import { layerOf } from "../../interpret/layer";
import { drawnNumber, type Card } from "../../marks";
import { packPlanes } from "../../marks";
import type { Module } from "../../nn/module";
import { checkOptions, type OptionNames } from "../../options";
import { withRandom } from "../../tensor/random";
import { sizeOf } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { checkColours } from "../cards/images";
import { Picture } from "../picture";
import { quietRandom } from "../quietRandom";
import { numbersOf } from "../tensors";
import { normedNet } from "../samples/normedNet";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

export interface FeatureVisualizationViewOptions extends Omit<FeatureVisualizationOptions, "unit">, ViewOptions {
  /** One of the K units, */
  unit?: number;
  /** or several, a tile each. */
  units?: readonly number[];
}
const optionNames: OptionNames<FeatureVisualizationViewOptions> = {
  layer: true,
  unit: true,
  units: true,
  inputShape: true,
  steps: true,
  lr: true,
  jitter: true,
  blur: true,
  l2: true,
  ...viewOptionNames,
};
const CALLER = "show.featureVisualization";

/**
 * Images that excite units of a layer, found by `interpret.featureVisualization` when it is displayed, with the same options. Each
 * is shown in its own scale with zero in the middle (grey); its largest number is written below it. None of the engine's random
 * numbers is taken: the images begin as if the next ones were.
 * Shapes: inputShape [N,C,H,W] with C 1 or 3, N beginnings for each unit.
 * @param options.layer      a module or its path, "conv2"; `net` itself for a class
 * @param options.unit       which map, feature or class; or several as `units`
 * @param options.inputShape [N,C,H,W], as `summary` takes it
 * @throws DataError if there is no such layer; ShapeError if inputShape is not [N,C,H,W]; RangeError for no such unit
 * @see Olah, Mordvintsev & Schubert 2017, "Feature visualization", distill.pub
 * @example show.featureVisualization(net, { layer: net.conv2, units: [0, 1, 2], inputShape: [1, 3, 32, 32], steps: 20 })
 */
export function featureVisualization(net: Module, options: FeatureVisualizationViewOptions): Picture {
  const { title, size, unit, units: several, ...given } = checkOptions(CALLER, options, optionNames, arguments, 1);
  const fields = viewFields(CALLER, { title, size }, "Feature visualization");
  checkModule(CALLER, "net", net);
  const module = layerOf(CALLER, net, given.layer);
  const units = unitsOf(unit, several);
  const shape = given.inputShape;
  if (!Array.isArray(shape) || shape.length !== 4)
    throw new ShapeError(`${CALLER}: inputShape must be [N,C,H,W], got ${show(shape)}. Write [1, 3, 32, 32].`);
  checkColours(CALLER, shape.slice(1));
  const [N, group, height, width] = shape as number[];
  return new Picture(async () => {
    const random = quietRandom();
    const found: Tensor[] = [];
    for (const each of units) {
      let started: Promise<Tensor> | undefined;
      // Only its beginning draws from the engine's numbers; the rest follows from what it drew.
      withRandom(random, () => void (started = optimise(net, { ...given, unit: each })));
      found.push(await (started as unknown as Promise<Tensor>));
    }
    const length = sizeOf(shape.slice(1));
    const numbers = await Promise.all(found.map(numbersOf));
    const values = new Float64Array(units.length * N * length);
    numbers.forEach((own, i) => values.set(own, i * N * length));
    const largest = (tile: number): number =>
      values
        .subarray(tile * length, (tile + 1) * length)
        .reduce((most, value) => Math.max(most, Math.abs(value) || 0), 0);
    const from = { values, planes: units.length * N * group, height, width };
    const pixels = packPlanes(from, { group, range: (tile) => [-largest(tile), largest(tile)] });
    const cards = Array.from({ length: units.length * N }, (_, tile): Card => {
      const limit = drawnNumber(largest(tile));
      const start = N > 1 ? [`start ${tile % N}`] : [];
      return { name: `unit ${units[Math.floor(tile / N)]}`, words: [...start, `−${limit} to ${limit}`] };
    });
    const path = net.namedModules().find(([, each]) => each === module)?.[0] ?? "";
    const name = [path, module.constructor.name].filter(Boolean).join(", ");
    return {
      ...fields,
      subtitle: `${name} · ${given.steps ?? 100} steps · each in its own scale, zero is grey`,
      marks: [{ mark: "gallery", colours: group === 3 ? "rgb" : "grey", pixels: [pixels], cards }],
    };
  });
}

/** @throws RangeError or TypeError unless there is one unit or some */
function unitsOf(unit: number | undefined, units: readonly number[] | undefined): readonly number[] {
  if (units !== undefined && !Array.isArray(units))
    throw wrongKind(CALLER, "units", "an array of indices", units, "Write { units: [0, 1] }.");
  const all: readonly unknown[] = units ?? (unit === undefined ? [] : [unit]);
  if (all.length === 0 || (units && unit !== undefined))
    throw new RangeError(`${CALLER}: needs one unit, or several as units. Write { units: [0, 1] }.`);
  for (const each of all)
    if (!Number.isInteger(each) || (each as number) < 0)
      throw new RangeError(`${CALLER}: units are whole numbers >= 0, got ${show(each)}. Count from 0.`);
  return all as readonly number[];
}

export const samples: Samples = {
  "of some channels": () =>
    featureVisualization(normedNet(3, 4), { layer: "conv1", units: [0, 2, 5], inputShape: [1, 3, 12, 12], steps: 8 }),
  "of a class, in grey, from two beginnings": () => {
    const net = normedNet(1, 4);
    return featureVisualization(net, { layer: net, unit: 3, inputShape: [2, 1, 12, 12], steps: 8, title: "Class 3" });
  },
};
