import { ambient } from "../ambient";
import { checkFunction, checkTensor, nextStep, show } from "../arguments";
import { allocate, dtypeOf, getDevice, type DeviceName } from "../devices/device";
import type { Storage } from "../devices/storage";
import { announceDevice } from "../devices/announce";
import { DataError, DTypeError, DeviceError, ShapeError } from "../errors";
import { forgetGradient } from "../autograd/tape";
import { checkOptions } from "../options";
import { callable } from "../tensor/callable";
import { sameShape, showShape } from "../tensor/shape";
import { moveStorage, readNow, type Tensor } from "../tensor/tensor";
import { Buffer } from "./buffer";
import { noteFirst } from "./firstWeights";
import { addForwardHook, runForwardHooks, type ForwardHook, type HookHandle } from "./hooks";
import { rememberInput } from "./lastInput";
import { Parameter } from "./parameter";
import { keyMismatch } from "./stateKeys";
import { layersUntil, type Finished, type Running } from "./whereItFailed";

/** The type of a module as a function: `net(x)` runs `forward`. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- the interface gives the call signature
export interface Module {
  (...inputs: Tensor[]): Tensor;
}

/** A forward pass in progress: an error uses it to say where it happened. */
const forwardPass = ambient<ForwardPass | null>("forward", null, "Let it return a tensor, and await outside of it.");
interface ForwardPass {
  /** Modules whose forward is running, the outermost first. */
  running: Running[];
  /** Modules whose forward has ended, with the shapes of their results. */
  finished: Finished[];
}
const located = new WeakSet<Error>();

/** Sees every module that has run, inner ones before the module around them. */
export type ModuleWatcher = (module: Module, inputs: readonly Tensor[], output: Tensor) => void;
const watcher = ambient<ModuleWatcher | null>("watchModules", null);

const evaluating = ambient("inEvaluation", false);

/** @internal What `body` returns, while every module behaves as after `eval()`; none changes its mode. `body` is synchronous. */
export const inEvaluation = <T>(body: () => T): T => evaluating.during(true, body);

/** @internal What `body` returns, while `watch` sees every module that runs in it. `body` is synchronous. */
export const watchModules = <T>(watch: ModuleWatcher, body: () => T): T => watcher.during(watch, body);

/**
 * A part of a network: it owns parameters, buffers and other modules, as plain fields, and computes in `forward`. A
 * module is called like a function: `net(x)`.
 * @see torch.nn.Module
 * @example
 * class Net extends nn.Module {
 *   conv = new nn.Conv2d(3, 6, 5);
 *   forward(x: Tensor) { return F.relu(this.conv(x)); }
 * }
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- the interface gives the call signature
export abstract class Module {
  private inTraining: boolean;

  constructor() {
    const module = blankModule<this>(new.target);
    this.inTraining = module.inTraining = true;
    return module;
  }

  /** Whether layers such as dropout behave as in training; set by train() and eval(). */
  get training(): boolean {
    return this.inTraining && !evaluating.current;
  }
  set training(mode: boolean) {
    this.inTraining = mode;
  }

  /** What the module computes. Call the module itself rather than this. */
  abstract forward(...inputs: Tensor[]): Tensor;

  /** The modules directly inside this one, by field name; one that stands there twice by its first name. */
  namedChildren(): [string, Module][] {
    return once(modulesIn(this));
  }
  children(): Module[] {
    return this.namedChildren().map(([, child]) => child);
  }
  /** This module ("") and all modules inside it by path: "features.0"; one that is used twice by its first path. */
  namedModules(prefix = ""): [string, Module][] {
    return once(everyPath(this, prefix));
  }
  /**
   * All parameters by path, in the order of the fields: "conv1.weight", "conv1.bias", ...; one that is used twice by its
   * first path.
   */
  namedParameters(): [string, Parameter][] {
    return once(this.namedModules().flatMap(([path, module]) => fieldsOf(module, path, Parameter)));
  }
  parameters(): Parameter[] {
    return this.namedParameters().map(([, parameter]) => parameter);
  }

  /** All buffers by path: tensors that are state but not trained, such as "bn1.running_mean". */
  namedBuffers(): [string, Buffer][] {
    return once(this.namedModules().flatMap(([path, module]) => fieldsOf(module, path, Buffer)));
  }
  buffers(): Buffer[] {
    return this.namedBuffers().map(([, buffer]) => buffer);
  }

  /**
   * Calls `hook(module, inputs, output)` after each forward pass of this module; a tensor that the hook returns takes
   * the place of the output. Returns a handle whose `remove()` ends it.
   * @see torch.nn.Module.register_forward_hook
   * @example
   * const maps: Tensor[] = [];
   * const handle = net.conv1.registerForwardHook((module, inputs, output) => {
   *   output.retainGrad();
   *   maps.push(output);
   * });
   * F.crossEntropy(net(images), labels).backward();
   * handle.remove();
   * console.log(maps[0].shape, maps[0].grad?.shape); // the activations and their gradients
   */
  registerForwardHook(hook: ForwardHook): HookHandle {
    checkFunction("registerForwardHook", "hook", hook, "Write (module, inputs, output) => { ... }.");
    return addForwardHook(this, hook);
  }

  /** Copies of the numbers of all parameters and buffers by path, with PyTorch's keys in PyTorch's order. */
  stateDict(): Record<string, Tensor> {
    return Object.fromEntries(namedState(this).map(([path, tensor]) => [path, tensor.detach().clone()]));
  }
  /**
   * Takes over the numbers of a state dict, converted to the module's dtypes. Returns the keys that the module has and
   * the state has not, and those that the state has and the module has not; both are empty unless `strict` is false.
   * As in PyTorch, counters of batches may be missing, which old files do not have.
   * @param options.strict whether keys must agree; default true. Shapes must agree in any case.
   * @throws DataError if strict and a key is missing or unknown; ShapeError if a shape differs
   * @see torch.nn.Module.load_state_dict
   */
  loadStateDict(
    state: Record<string, Tensor>,
    options: { strict?: boolean } = {},
  ): { missingKeys: string[]; unexpectedKeys: string[] } {
    const { strict = true } = checkOptions("loadStateDict", options, { strict: true }, arguments, 1);
    checkState(state);
    const own = new Map<string, Tensor>(namedState(this));
    for (const key of own.keys())
      if (/(^|\.)num_batches_tracked$/.test(key) && !Object.hasOwn(state, key)) own.delete(key);
    const missing = [...own.keys()].filter((key) => !Object.hasOwn(state, key));
    const unknown = Object.keys(state).filter((key) => !own.has(key));
    if (strict && (missing.length || unknown.length))
      throw new DataError(keyMismatch([...own.keys()], Object.keys(state)));
    for (const key of missing) own.delete(key);
    for (const [key, tensor] of own)
      if (!sameShape(tensor.shape, state[key].shape))
        throw new ShapeError(
          `loadStateDict: ${key} has shape ${showShape(state[key].shape)}, the module needs ${showShape(tensor.shape)}.`,
        );
    for (const [key, tensor] of own) {
      copyNumbers(state[key].storage, tensor.storage);
      noteFirst(tensor, undefined);
    }
    return { missingKeys: missing, unexpectedKeys: unknown };
  }

  /** Sets the mode of this module and all inside it; returns itself. */
  train(mode = true): this {
    for (const [, module] of this.namedModules()) module.training = mode;
    return this;
  }
  eval(): this {
    return this.train(false);
  }

  /**
   * Moves all parameters and buffers to a device, in place: optimizers keep working. Returns itself; a notebook shows
   * what device "gpu" is on this machine below it, and says so once where no graphics card computes.
   */
  to(device: DeviceName): this {
    announceDevice(device);
    for (const [, tensor] of namedState(this))
      if (tensor.device !== device) {
        tensor.storage = moveStorage(tensor.storage, device);
        forgetGradient(tensor);
      }
    return this;
  }

  /** The arguments a layer prints: "3, 6, kernelSize=5". */
  extraRepr(): string {
    return "";
  }
  /** The tree of layers, as PyTorch prints it. */
  toString(): string {
    const kind = this.constructor.name;
    const around = printed.current;
    const show = (child: Module): string =>
      child === this || around.includes(child) ? `${child.constructor.name}(...)` : child.toString();
    const lines = printed.during([...around, this], () =>
      modulesIn(this).map(([name, child]) => `  (${name}): ${show(child).replace(/\n/g, "\n  ")}`),
    );
    return lines.length ? `${kind}(\n${lines.join("\n")}\n)` : `${kind}(${this.extraRepr()})`;
  }
  /** @internal What console.log shows. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** @internal A module of a class without any field: its constructor has not run. */
export const blankModule = <M extends Module>(kind: { readonly prototype: unknown }): M =>
  callable<M, Tensor[], Tensor>(kind, (self, ...inputs) => call(self, inputs));

/** Modules around the one that is printed: a child may know its parent. */
const printed = ambient<readonly Module[]>("toString", []);

/** @internal The modules that are fields of this one, also those that stand there twice. */
export const modulesIn = (module: Module): [string, Module][] =>
  Object.entries(module).filter((entry): entry is [string, Module] => entry[1] instanceof Module);

/** @internal A module and all inside it under every path they have, but not inside themselves: a child may know its parent. */
export function everyPath(module: Module, path: string, around: readonly Module[] = []): [string, Module][] {
  const inner = [...around, module];
  const deeper = modulesIn(module)
    .filter(([, child]) => !inner.includes(child))
    .flatMap(([name, child]) => everyPath(child, join(path, name), inner));
  return [[path, module], ...deeper];
}

/** The first name of each. */
function once<T>(named: [string, T][]): [string, T][] {
  const seen = new Set<T>();
  return named.filter(([, value]) => !seen.has(value) && seen.add(value));
}

/** The fields of one module that are tensors of a kind, with their paths. */
function fieldsOf<T extends Tensor>(module: Module, path: string, kind: new (...given: never[]) => T): [string, T][] {
  return Object.entries(module)
    .filter((entry): entry is [string, T] => entry[1] instanceof kind)
    .map(([name, tensor]) => [join(path, name), tensor]);
}

/**
 * What a state dict holds: module by module the parameters, then the buffers, as PyTorch orders them; what is used twice
 * under each of its paths.
 */
const namedState = (root: Module): [string, Tensor][] =>
  everyPath(root, "").flatMap(([path, module]): [string, Tensor][] => [
    ...fieldsOf(module, path, Parameter),
    ...fieldsOf(module, path, Buffer),
  ]);

/** @throws DataError unless it is an object of tensors, and no network */
function checkState(state: unknown): asserts state is Record<string, Tensor> {
  if (typeof state !== "object" || state === null)
    throw new DataError(
      `loadStateDict: a state dict is an object of tensors, got ${show(state)}. ` +
        nextStep(state, "Take one from stateDict() or io.loadSafetensors(path).", "Call its stateDict()."),
    );
  for (const [key, value] of Object.entries(state)) checkTensor("loadStateDict", key, value);
}

/** The numbers of `source`, whatever its device and dtype, into `target`. */
function copyNumbers(source: Storage, target: Storage): void {
  // Both may have the same array: it is not written to.
  let numbers = readNow("loadStateDict", source);
  if (dtypeOf(numbers) !== target.dtype) {
    const converted = allocate(target.dtype, numbers.length);
    converted.set(numbers);
    numbers = converted;
  }
  target.replace(getDevice(target.device).upload(numbers));
}

const join = (path: string, name: string): string => (path ? `${path}.${name}` : name);

function call(module: Module, inputs: Tensor[]): Tensor {
  const pass = forwardPass.current;
  if (pass) return callIn(pass, module, inputs);
  const own: ForwardPass = { running: [], finished: [] };
  const output = forwardPass.during(own, () => callIn(own, module, inputs));
  rememberInput(module, inputs[0]);
  return output;
}

function callIn({ running, finished }: ForwardPass, module: Module, inputs: Tensor[]): Tensor {
  running.push({ module, inputs });
  try {
    const output = runForwardHooks(module, inputs, module.forward(...inputs));
    // A program that is not type-checked may return nothing.
    finished.push({ module, shape: (output as Tensor | undefined)?.shape ?? [] });
    watcher.current?.(module, inputs, output);
    return output;
  } catch (error) {
    if (isOurs(error) && !located.has(error)) {
      located.add(error);
      error.message = `${describe(running.map((run) => run.module))} > ${error.message}`;
      if (error instanceof ShapeError) error.message += layersUntil(running, finished);
      // The stack was rendered with the old message.
      error.stack = error.stack?.replace(/^[^\n]*/, () => `${error.name}: ${error.message}`);
    }
    throw error;
  } finally {
    running.pop();
  }
}

const isOurs = (error: unknown): error is Error =>
  [ShapeError, DTypeError, DeviceError, DataError].some((kind) => error instanceof kind);

/** "net.features.0": the path from the outermost module to the innermost. */
function describe(modules: readonly Module[]): string {
  const names = modules.slice(1).map((module, i) => {
    const path = modules[i].namedModules().find(([, inner]) => inner === module)?.[0];
    return path ?? module.constructor.name;
  });
  return ["net", ...names].join(".");
}
