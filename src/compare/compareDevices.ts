import { deviceNames, isFloat, type DeviceName, type TypedArray } from "../devices/device";
import { formatNumber } from "../marks/kit/numbers";
import { Table } from "../text/table";
import { watchModules, type Module } from "../nn/module";
import { fromArray } from "../tensor/create";
import type { Tensor } from "../tensor/tensor";
import { descriptions, onDevice, snapshot } from "./onDevice";

/** One layer on one device beside the reference. */
export interface LayerComparison {
  /** Path: "features.0". */
  layer: string;
  kind: string;
  device: DeviceName;
  /** Largest |device - reference| of the outputs, and that divided by the reference's largest |output|. */
  outputAbs: number;
  outputRel: number;
  /** The same of the gradients of the layer's parameters; null for a layer without. */
  gradientAbs: number | null;
  gradientRel: number | null;
  /** Milliseconds of the layer alone, forward and backward, until its numbers are there. */
  ms: number;
}

/** What `compareDevices` found; a notebook shows it as a table. */
export class DeviceComparison extends Table {
  constructor(
    readonly layers: readonly LayerComparison[],
    /** Milliseconds of the whole network, forward and backward. */
    readonly totals: Readonly<Record<DeviceName, number>>,
    notes: readonly string[],
  ) {
    const show = (value: number | null): string => (value === null ? "" : formatNumber(value));
    const rows = layers.map((row) => [
      row.layer || "(itself)",
      row.kind,
      row.device,
      formatNumber(row.outputAbs),
      formatNumber(row.outputRel),
      show(row.gradientAbs),
      show(row.gradientRel),
      formatNumber(row.ms),
    ]);
    const whole = deviceNames.map((name) => `${name} ${formatNumber(totals[name])} ms`).join(", ");
    super("Devices beside the reference", HEAD, rows, [`Whole network, forward and backward: ${whole}.`, ...notes]);
  }
}

const HEAD = ["layer", "kind", "device", "output abs", "rel", "gradient abs", "rel", "ms"];

interface LayerRun {
  layer: string;
  kind: string;
  output: TypedArray;
  gradients: TypedArray[];
  ms: number;
}

/**
 * The same forward and backward pass of a network on reference, cpu and gpu: how far each layer's output and gradients
 * are from the reference's, and how long each layer takes by itself. The network is as before afterwards; dropout is off
 * meanwhile.
 * @param input what the network takes, on any device
 * @example
 * const comparison = await compareDevices(net, images);
 * console.log(Math.max(...comparison.layers.map((layer) => layer.outputRel))); // about 1e-6
 */
export async function compareDevices(net: Module, input: Tensor): Promise<DeviceComparison> {
  const state = await snapshot("compareDevices", net, input);
  const found = {} as Record<DeviceName, { runs: LayerRun[]; total: number }>;
  for (const device of deviceNames) found[device] = await onDevice(device, net, input, state, (x) => runLayers(net, x));
  const truth = found.reference.runs;
  const layers = truth.flatMap((right, i) =>
    deviceNames.map((device): LayerComparison => {
      const got = found[device].runs[i];
      const output = distance([got.output], [right.output]);
      const gradient = right.gradients.length > 0 ? distance(got.gradients, right.gradients) : null;
      return {
        layer: right.layer,
        kind: right.kind,
        device,
        outputAbs: output.abs,
        outputRel: output.rel,
        gradientAbs: gradient?.abs ?? null,
        gradientRel: gradient?.rel ?? null,
        ms: got.ms,
      };
    }),
  );
  const totals = Object.fromEntries(deviceNames.map((name) => [name, found[name].total]));
  return new DeviceComparison(layers, totals as Record<DeviceName, number>, await descriptions());
}

/** NaN stays: it must not pass for agreement. */
function distance(got: TypedArray[], right: TypedArray[]): { abs: number; rel: number } {
  let [abs, largest] = [0, 0];
  right.forEach((numbers, which) =>
    numbers.forEach((value: number, i: number) => {
      const same = Object.is(got[which][i], value);
      abs = Math.max(abs, same ? 0 : Math.abs(got[which][i] - value));
      largest = Math.max(largest, Math.abs(value));
    }),
  );
  return { abs, rel: largest > 0 ? abs / largest : abs };
}

/** One pass through the network, and each layer by itself for its time. */
async function runLayers(net: Module, x: Tensor): Promise<{ runs: LayerRun[]; total: number }> {
  const paths = new Map(net.namedModules().map(([path, module]) => [module, path]));
  const seen: { module: Module; inputs: readonly Tensor[]; output: Tensor }[] = [];
  const pass = (): Tensor => weighed(net(x));
  await gradients(net, pass()); // to compile kernels
  const start = performance.now();
  const isLayer = (module: Module): boolean => module.children().length === 0;
  const loss = watchModules((module, inputs, output) => {
    if (isLayer(module)) seen.push({ module, inputs: inputs.map((input) => input.detach()), output });
  }, pass);
  await gradients(net, loss);
  const total = performance.now() - start;
  const parameters = new Map<Module, TypedArray[]>();
  for (const { module } of seen) if (!parameters.has(module)) parameters.set(module, await gradientsOf(module));
  const runs: LayerRun[] = [];
  for (const { module, inputs, output } of seen)
    runs.push({
      layer: paths.get(module) ?? "",
      kind: module.constructor.name,
      output: await output.data(),
      gradients: parameters.get(module) ?? [],
      ms: await timeAlone(module, inputs),
    });
  return { runs, total };
}

/** A scalar in which every number of the output counts differently. */
function weighed(output: Tensor): Tensor {
  const weights = Float32Array.from({ length: output.numel() }, (_, i) => Math.cos(3 * i + 1));
  const typed = output.dtype === "float64" ? Float64Array.from(weights) : weights;
  return output.mul(fromArray(typed, output.shape, { device: output.device })).sum();
}

/** Backward, until the gradients are there. */
async function gradients(net: Module, loss: Tensor): Promise<void> {
  for (const parameter of net.parameters()) parameter.grad = null;
  loss.backward();
  for (const { grad } of net.parameters()) await grad?.data();
}

async function gradientsOf(module: Module): Promise<TypedArray[]> {
  const found: TypedArray[] = [];
  for (const { grad } of module.parameters()) if (grad) found.push(await grad.data());
  return found;
}

/** The better of two runs of one layer on its inputs, forward and backward. */
async function timeAlone(module: Module, inputs: readonly Tensor[]): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < 2; round++) {
    const own = inputs.map((input) => input.detach());
    for (const input of own) if (isFloat(input.dtype)) input.requiresGrad = true;
    const start = performance.now();
    const output = module(...own);
    if (output.requiresGrad) output.sum().backward();
    await output.data();
    for (const input of own) await input.grad?.data();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
