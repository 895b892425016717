/** The numbers of a network by layer, as histograms. */
import { noGrad } from "../../autograd/noGrad";
import { getDevice, type TypedArray } from "../../devices/device";
import { DataError } from "../../errors";
import type { HistogramCell } from "../../marks";
import { inEvaluation, watchModules, type Module } from "../../nn/module";
import { checkpoint } from "../../notebook";
import type { Tensor } from "../../tensor/tensor";
import { binned, binRange } from "../bins";
import { short } from "../series";

export type Quantity = "weights" | "gradients" | "activations";
export const QUANTITIES: readonly Quantity[] = ["weights", "gradients", "activations"];

/** The tensors of a layer that are counted together. */
export interface LayerTensors {
  layer: string;
  tensors: Partial<Record<Quantity, readonly Tensor[]>>;
}

/**
 * The layers of a network that have what is asked for, in the order of its fields. Weights are all parameters but biases, and
 * gradients what `backward()` left for them; activations are what each innermost module gave for x in its last run, in
 * evaluation mode.
 * @throws DataError if activations are asked for without x, or gradients where there are none
 */
export function tensorsOf(caller: string, net: Module, of: readonly Quantity[], x: Tensor | undefined): LayerTensors[] {
  const given = of.includes("activations") ? outputsOf(caller, net, x) : new Map<Module, Tensor>();
  const owned = new Map<string, Tensor[]>();
  for (const [path, parameter] of net.namedParameters()) {
    const [, owner, name] = /^(?:(.*)\.)?([^.]*)$/.exec(path) as unknown as [string, string | undefined, string];
    if (name === "bias") continue;
    owned.set(owner ?? "", [...(owned.get(owner ?? "") ?? []), parameter]);
  }
  // `grad` would note that someone holds the gradient; here it is only read.
  const gradientsOf = (parameters: readonly Tensor[]): Tensor[] =>
    parameters.flatMap(({ gradient }) => (gradient ? [gradient.tensor] : []));
  if (of.includes("gradients") && ![...owned.values()].some((parameters) => gradientsOf(parameters).length > 0))
    throw new DataError(
      `${caller}: no weight has a gradient. Call loss.backward() first, and show the histograms before zeroGrad().`,
    );
  return net.namedModules().flatMap(([path, module]): LayerTensors[] => {
    const parameters = owned.get(path) ?? [];
    const output = given.get(module);
    const all: Record<Quantity, readonly Tensor[]> = {
      weights: parameters,
      gradients: gradientsOf(parameters),
      activations: output ? [output] : [],
    };
    const asked = of.filter((quantity) => all[quantity].length > 0);
    if (asked.length === 0) return [];
    const tensors = Object.fromEntries(asked.map((quantity) => [quantity, all[quantity]]));
    // "0" of a Sequential says nothing.
    const kind = module.constructor.name;
    const layer = path === "" ? kind : /(^|\.)\d+$/.test(path) ? `${path} ${kind}` : path;
    return [{ layer, tensors }];
  });
}

/** What the innermost modules gave for x. */
function outputsOf(caller: string, net: Module, x: Tensor | undefined): Map<Module, Tensor> {
  if (!x) throw new DataError(`${caller}: activations need an input. Write { of: ["activations"], x: images }.`);
  const device = net.parameters()[0]?.device;
  const outputs = new Map<Module, Tensor>();
  const see = (module: Module, _: readonly Tensor[], output: Tensor): void => {
    if (module.children().length === 0) outputs.set(module, output);
  };
  inEvaluation(() => noGrad(() => watchModules(see, () => net(device ? x.to(device) : x))));
  return outputs;
}

/** The histogram of tensors as they are now: at once where their device can be read at once, since the next step changes them. */
export function histogramOf(tensors: readonly Tensor[], bins: number): HistogramCell | Promise<HistogramCell> {
  checkpoint();
  const read = tensors.map((t) => getDevice(t.device).read(t.storage.memory));
  return read.some((numbers) => numbers instanceof Promise)
    ? Promise.all(read).then((all) => cellOf(all, bins))
    : cellOf(read as TypedArray[], bins);
}

function cellOf(lists: readonly ArrayLike<number>[], bins: number): HistogramCell {
  const range = binRange(lists);
  const counts = new Array<number>(bins).fill(0);
  let [sum, finite, zeros, unusual] = [0, 0, 0, 0];
  for (const values of lists) {
    binned(values, bins, range).counts.forEach((count, i) => (counts[i] += count));
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (!Number.isFinite(value)) unusual++;
      else {
        sum += value;
        finite++;
        if (value === 0) zeros++;
      }
    }
  }
  const mean = sum / finite;
  let squares = 0;
  for (const values of lists)
    for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) squares += (values[i] - mean) ** 2;
  return {
    range: [range[0], range[1]],
    counts,
    mean: finite > 0 ? short(mean) : null,
    std: finite > 0 ? short(Math.sqrt(squares / finite)) : null,
    unusual,
    zeros,
  };
}
