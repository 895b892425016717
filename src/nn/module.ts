import type { DeviceName } from "../devices/device";
import { DataError, DTypeError, DeviceError, ShapeError } from "../errors";
import { callable } from "../tensor/callable";
import { sameShape, showShape } from "../tensor/shape";
import { moveStorage, type Tensor } from "../tensor/tensor";
import { Parameter } from "./parameter";

/** The type of a module as a function: `net(x)` runs `forward`. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- the interface gives the call signature
export interface Module {
  (...inputs: Tensor[]): Tensor;
}

/** Modules whose forward is running, the outermost first; an error uses it to say where it happened. */
const running: Module[] = [];
const located = new WeakSet<Error>();

/**
 * A part of a network: it owns parameters and other modules, as plain fields, and computes in `forward`. A module is
 * called like a function: `net(x)`.
 * @see torch.nn.Module
 * @example
 * class Net extends nn.Module {
 *   conv = new nn.Conv2d(3, 6, 5);
 *   forward(x: Tensor) { return F.relu(this.conv(x)); }
 * }
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- the interface gives the call signature
export abstract class Module {
  /** Whether layers such as dropout behave as in training; set by train() and eval(). */
  training: boolean;

  constructor() {
    const module = callable<this, Tensor[], Tensor>(new.target, (self, ...inputs) => call(self, inputs));
    this.training = module.training = true;
    return module;
  }

  /** What the module computes. Call the module itself rather than this. */
  abstract forward(...inputs: Tensor[]): Tensor;

  /** The modules directly inside this one, by field name. */
  namedChildren(): [string, Module][] {
    return Object.entries(this).filter((entry): entry is [string, Module] => entry[1] instanceof Module);
  }
  children(): Module[] {
    return this.namedChildren().map(([, child]) => child);
  }
  /** This module ("") and all modules inside it by path: "features.0". */
  namedModules(prefix = ""): [string, Module][] {
    const inner = this.namedChildren().flatMap(([name, child]) => child.namedModules(join(prefix, name)));
    return [[prefix, this], ...inner];
  }
  /** All parameters by path, in the order of the fields: "conv1.weight", "conv1.bias", ... */
  namedParameters(): [string, Parameter][] {
    return this.namedModules().flatMap(([path, module]) =>
      Object.entries(module)
        .filter((entry): entry is [string, Parameter] => entry[1] instanceof Parameter)
        .map(([name, parameter]): [string, Parameter] => [join(path, name), parameter]),
    );
  }
  parameters(): Parameter[] {
    return this.namedParameters().map(([, parameter]) => parameter);
  }

  /** Copies of all parameters' numbers by path, with PyTorch's keys. */
  stateDict(): Record<string, Tensor> {
    return Object.fromEntries(
      this.namedParameters().map(([path, parameter]) => [path, parameter.detach().clone()]),
    );
  }
  /**
   * Takes over the numbers of a state dict. Returns the keys that the module has and the state has not, and those
   * that the state has and the module has not; both are empty unless `strict` is false.
   * @param options.strict whether keys must agree; default true. Shapes must agree in any case.
   * @throws DataError if strict and a key is missing or unknown; ShapeError if a shape differs
   * @see torch.nn.Module.load_state_dict
   */
  loadStateDict(
    state: Record<string, Tensor>,
    { strict = true }: { strict?: boolean } = {},
  ): { missingKeys: string[]; unexpectedKeys: string[] } {
    const own = new Map(this.namedParameters());
    const missing = [...own.keys()].filter((key) => !Object.hasOwn(state, key));
    const unknown = Object.keys(state).filter((key) => !own.has(key));
    if (strict && (missing.length || unknown.length))
      throw new DataError(
        `loadStateDict: keys do not match (missing: ${missing.join(", ") || "none"}; unknown: ` +
          `${unknown.join(", ") || "none"}). Is it the state dict of the same architecture?`,
      );
    for (const key of missing) own.delete(key);
    for (const [key, parameter] of own)
      if (!sameShape(parameter.shape, state[key].shape))
        throw new ShapeError(
          `loadStateDict: ${key} has shape ${showShape(state[key].shape)}, the module needs ${showShape(parameter.shape)}.`,
        );
    for (const [key, parameter] of own) {
      const source = moveStorage(state[key].storage, parameter.device);
      parameter.storage.replace(source.memory);
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

  /** Moves all parameters to a device, in place: optimizers keep working. Returns itself. */
  to(device: DeviceName): this {
    for (const parameter of this.parameters())
      if (parameter.device !== device) {
        parameter.storage = moveStorage(parameter.storage, device);
        parameter.grad = null;
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
    const lines = this.namedChildren().map(
      ([name, child]) => `  (${name}): ${child.toString().replace(/\n/g, "\n  ")}`,
    );
    return lines.length ? `${kind}(\n${lines.join("\n")}\n)` : `${kind}(${this.extraRepr()})`;
  }
  /** @internal What console.log shows. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

const join = (path: string, name: string): string => (path ? `${path}.${name}` : name);

function call(module: Module, inputs: Tensor[]): Tensor {
  running.push(module);
  try {
    return module.forward(...inputs);
  } catch (error) {
    if (isOurs(error) && !located.has(error)) {
      located.add(error);
      error.message = `${describe(running)} > ${error.message}`;
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
