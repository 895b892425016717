/** Gradients and updates of a network, layer by layer. They are measured only when somebody is about to look. */
import { getDevice, type TypedArray } from "../../devices/device";
import type { TableMark, Cell } from "../../marks";
import type { Module } from "../../nn/module";
import type { Tensor } from "../../tensor/tensor";
import { short } from "../series";
import type { DeadUnits } from "./glance";

export interface LayerRow {
  layer: string;
  /** How many numbers the layer's weights are. */
  count: number;
  /** Euclidean norms: of the gradients, undefined if there are none; of the last update, divided by that of the weights. */
  gradient: number | undefined;
  update: number;
}

type Reading = TypedArray | Promise<TypedArray>;
interface Layer {
  name: string;
  parameters: Tensor[];
}

/** Rows that a table shows. */
const MOST_ROWS = 24;

export class LayerMonitor {
  private readonly layers: Layer[];
  private wanted = true;
  /** The weights after the step before the one that is measured. */
  private before: Map<Tensor, Reading> | undefined;
  rows: LayerRow[] = [];
  /** The step to which the rows belong. */
  step = 0;

  /** @param changed called when there are new rows */
  constructor(
    net: Module,
    private readonly changed: (rows: readonly LayerRow[]) => void,
  ) {
    this.layers = layersOf(net);
  }

  /** The next step is measured. */
  want(): void {
    this.wanted = true;
  }

  /** The weights were changed by something else than a step. */
  forget(): void {
    this.before = undefined;
    this.wanted = true;
  }

  /** Called after each step, while its gradients are there. Between two calls lies one update, if `begin` came in time. */
  after(step: number): void {
    if (this.before) this.measure(step, this.before);
    this.before = undefined;
    this.begin();
  }

  /** Keeps the weights as they are before the next step, if that is to be measured. */
  begin(): void {
    if (!this.wanted || this.before) return;
    this.before = new Map(this.layers.flatMap(({ parameters }) => parameters.map((each) => [each, copyOf(each)])));
    this.wanted = false;
  }

  private measure(step: number, before: ReadonlyMap<Tensor, Reading>): void {
    const read = this.layers.map(({ name, parameters }) => ({
      name,
      parts: parameters.map((each): [Reading | undefined, Reading | undefined, Reading] => [
        before.get(each),
        gradientOf(each),
        readOf(each),
      ]),
    }));
    const flat = read.flatMap(({ parts }) => parts.flat());
    const rows = (numbers: readonly (TypedArray | undefined)[]): void => {
      let at = 0;
      this.step = step;
      this.rows = read.map(({ name, parts }) =>
        rowOf(
          name,
          parts.map(() => [numbers[at++], numbers[at++], numbers[at++]]),
        ),
      );
      this.changed(this.rows);
    };
    if (flat.some((each) => each instanceof Promise)) void Promise.all(flat).then(rows);
    else rows(flat as (TypedArray | undefined)[]);
  }
}

/** The layers that have weights; biases count only where there is nothing else, as in the histograms of a network. */
function layersOf(net: Module): Layer[] {
  const owned = new Map<string, [name: string, parameter: Tensor][]>();
  for (const [path, parameter] of net.namedParameters()) {
    const [, owner = "", name] = /^(?:(.*)\.)?([^.]*)$/.exec(path) as unknown as [string, string | undefined, string];
    owned.set(owner, [...(owned.get(owner) ?? []), [name, parameter]]);
  }
  return [...owned].map(([owner, all]) => {
    const weights = all.filter(([name]) => name !== "bias");
    const parameters = (weights.length > 0 ? weights : all).map(([, parameter]) => parameter);
    return { name: owner || net.constructor.name, parameters };
  });
}

function rowOf(layer: string, parts: readonly (TypedArray | undefined)[][]): LayerRow {
  let [count, squares, changes, gradients, hasGradient] = [0, 0, 0, 0, false];
  for (const [before, gradient, after] of parts) {
    count += after?.length ?? 0;
    if (before && after)
      for (let i = 0; i < after.length; i++) {
        const change = after[i] - before[i];
        squares += before[i] * before[i];
        changes += change * change;
      }
    if (!gradient) continue;
    hasGradient = true;
    for (let i = 0; i < gradient.length; i++) gradients += gradient[i] * gradient[i];
  }
  const gradient = hasGradient ? Math.sqrt(gradients) : undefined;
  // Weights of zero that do not move have not moved at all.
  return { layer, count, gradient, update: changes === 0 ? 0 : Math.sqrt(changes / squares) };
}

const readOf = (tensor: Tensor): Reading => getDevice(tensor.device).read(tensor.storage.memory);

function copyOf(tensor: Tensor): Reading {
  const read = readOf(tensor);
  return read instanceof Promise ? read.then((numbers) => numbers.slice()) : read.slice();
}

/** `grad` would note that someone holds the gradient; where it is read at once, nobody does. */
function gradientOf(tensor: Tensor): Reading | undefined {
  const gradient = tensor.gradient?.tensor;
  if (!gradient) return undefined;
  const read = readOf(gradient);
  if (read instanceof Promise) void tensor.grad;
  return read;
}

/** The rows as a table, with the dead units of each layer that is followed by a rectifier. */
export function layersTable(rows: readonly LayerRow[], step: number, dead: readonly DeadUnits[]): TableMark {
  const names = [...new Set([...rows.map(({ layer }) => layer), ...dead.map(({ layer }) => layer)])];
  const cells = names.map((name): Cell[] => {
    const row = rows.find(({ layer }) => layer === name);
    const units = dead.find(({ layer }) => layer === name);
    return [
      name,
      row?.gradient === undefined ? "" : numberCell(row.gradient),
      row ? numberCell(row.update) : "",
      units ? `${units.dead} of ${units.units} (${Math.round((100 * units.dead) / units.units)} %)` : "",
    ];
  });
  return {
    mark: "table",
    title: "Layers",
    ...(rows.length > 0 ? { subtitle: `measured at step ${step.toLocaleString("en-US")}` } : {}),
    columns: [
      { name: "layer", numeric: false },
      { name: "gradient norm", numeric: true },
      { name: "update / weight", numeric: true },
      { name: "dead units", numeric: false },
    ],
    rows: cells.slice(0, MOST_ROWS),
    digits: 3,
    left: Math.max(0, cells.length - MOST_ROWS),
  };
}

/** An infinity is a word in a table, and NaN is null. */
const numberCell = (value: number): Cell =>
  Number.isFinite(value) || Number.isNaN(value) ? short(value) : String(value);
