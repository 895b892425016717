/** An optimizer's state in PyTorch's structure: what is kept, by the parameter's place; settings, by group. */
import { allocate, getDevice } from "../devices/device";
import { DataError, ShapeError } from "../errors";
import { fromArray } from "../tensor/create";
import { sameShape, showShape } from "../tensor/shape";
import { readNow, type Tensor } from "../tensor/tensor";
import type { Kept } from "./optimizer";
import { camel, snake } from "./words";

/** What `optimizer.stateDict()` gives. @see torch.optim.Optimizer.state_dict */
export interface OptimizerState {
  /** By the parameter's place among those of all groups: tensors by PyTorch's names. Nothing before its first step. */
  state: Record<number, Record<string, Tensor>>;
  /** A group's settings in PyTorch's words, and the places of its parameters. */
  param_groups: Record<string, unknown>[];
}

/** What an optimizer remembers of one parameter. */
export interface ParameterState<Name extends string> {
  /** How often it was updated. */
  step: number;
  kept: Kept<Name>;
}

type Group = { params: Tensor[] };

export function stateOf<Name extends string>(
  groups: readonly Group[],
  keeps: readonly (Name | "step")[],
  find: (parameter: Tensor) => ParameterState<Name> | undefined,
): OptimizerState {
  const state: OptimizerState["state"] = {};
  let place = 0;
  const param_groups = groups.map(({ params, ...settings }): Record<string, unknown> => {
    const first = place;
    for (const parameter of params) {
      const found = find(parameter);
      const dict = found ? dictOf(found, keeps) : {};
      if (Object.keys(dict).length > 0) state[place] = dict;
      place++;
    }
    const named = Object.entries(settings as Record<string, unknown>).map(([name, value]): [string, unknown] => [
      snake(name),
      copied(value),
    ]);
    return { ...Object.fromEntries(named), params: params.map((_, i) => first + i) };
  });
  return { state, param_groups };
}

const copied = (value: unknown): unknown => (Array.isArray(value) ? [...(value as unknown[])] : value);

function dictOf<Name extends string>(
  { step, kept }: ParameterState<Name>,
  keeps: readonly (Name | "step")[],
): Record<string, Tensor> {
  const dict: Record<string, Tensor> = {};
  for (const name of keeps) {
    if (name === "step") dict.step = fromArray(Float32Array.of(step), []);
    const tensor = kept[name as Name];
    if (tensor) dict[name] = tensor.detach().clone();
  }
  return dict;
}

/**
 * What the state dict holds for each parameter; the groups take over its settings. Nothing is changed if it does not fit.
 * @throws DataError, ShapeError if it does not fit
 */
export function loadState<Name extends string>(
  caller: string,
  given: OptimizerState,
  groups: readonly Group[],
  keeps: readonly (Name | "step")[],
): Map<Tensor, ParameterState<Name>> {
  const fail = (problem: string): never => {
    throw new DataError(`${caller}.loadStateDict: ${problem} Is it the state of the same optimizer?`);
  };
  const { state, param_groups } = (given ?? {}) as { [name in keyof OptimizerState]?: unknown };
  if (!isObject(state) || !isList(param_groups)) return fail("there is no state or param_groups.");
  const saved = param_groups.map((group) => (isObject(group) ? group : {}));
  if (saved.length !== groups.length) fail(`${groups.length} groups are wanted, the state has ${saved.length}.`);
  const settings = groups.map((group, i) => settingsOf(`param_groups[${i}]`, saved[i], group, fail));

  const parameters = groups.flatMap(({ params }) => params);
  const places = saved.flatMap(({ params }) => params as number[]);
  const loaded = new Map<Tensor, ParameterState<Name>>();
  for (const [place, dict] of Object.entries(state)) {
    const at = places.indexOf(Number(place));
    if (at < 0) return fail(`state[${place}] belongs to no group.`);
    loaded.set(parameters[at], parameterState(caller, `state[${place}]`, dict as Dict, parameters[at], keeps, fail));
  }
  groups.forEach((group, i) => Object.assign(group, settings[i]));
  return loaded;
}

type Fail = (problem: string) => never;
type Dict = Record<string, Tensor | number | null>;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const isList = (value: unknown): value is unknown[] => Array.isArray(value);

/** PyTorch's own ways to compute a step: they change no number. */
const MANNERS = new Set(["foreach", "fused", "capturable", "differentiable"]);

function settingsOf(what: string, saved: Record<string, unknown>, own: Group, fail: Fail): Record<string, unknown> {
  const { params, ...rest } = saved;
  if (!Array.isArray(params) || params.length !== own.params.length)
    fail(`${what} has ${Array.isArray(params) ? params.length : "no"} parameters, needs ${own.params.length}.`);
  const found = Object.fromEntries(
    Object.entries(rest)
      .filter(([name]) => !MANNERS.has(name))
      .map(([name, value]) => [camel(name), copied(value)]),
  );
  for (const [name, value] of Object.entries(own)) {
    // Files of an older PyTorch lack switches that came later.
    if (name === "params" || (typeof value === "boolean" && !(name in found)) || name === "initialLr") continue;
    if (typeof found[name] !== typeof value)
      fail(`${what} has no ${snake(name)} such as ${JSON.stringify(value)}, got ${JSON.stringify(found[name])}.`);
  }
  return found;
}

function parameterState<Name extends string>(
  caller: string,
  what: string,
  dict: Dict,
  parameter: Tensor,
  keeps: readonly (Name | "step")[],
  fail: Fail,
): ParameterState<Name> {
  const loaded: ParameterState<Name> = { step: 0, kept: {} };
  for (const [name, value] of Object.entries(dict)) {
    if (value === null) continue; // what PyTorch has not begun yet
    if (!(keeps as readonly string[]).includes(name)) fail(`${what} has ${name}, which ${caller} does not keep.`);
    if (name === "step") {
      loaded.step = typeof value === "number" ? value : readNow(`${caller}.loadStateDict`, value.storage)[0];
      continue;
    }
    if (typeof value !== "object" || !("storage" in value)) return fail(`${what}.${name} is no tensor.`);
    if (!sameShape(value.shape, parameter.shape))
      throw new ShapeError(
        `${caller}.loadStateDict: ${what}.${name} has shape ${showShape(value.shape)}, ` +
          `its parameter ${showShape(parameter.shape)}. Is it the state of the same network?`,
      );
    loaded.kept[name as Name] = copyFor(parameter, `${caller}.loadStateDict`, value);
  }
  return loaded;
}

/** The numbers on the parameter's device and in its dtype, in memory of their own: kernels change them where they lie. */
function copyFor(parameter: Tensor, caller: string, source: Tensor): Tensor {
  const numbers = allocate(parameter.dtype, source.numel());
  numbers.set(readNow(caller, source.storage));
  const device = getDevice(parameter.device);
  const memory = device.upload(numbers);
  device.keep?.(memory);
  return parameter.sibling(memory, parameter.shape, parameter.dtype);
}
