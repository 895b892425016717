import { DataError } from "../errors";
import { Tensor } from "../tensor/tensor";
import { Buffer } from "./buffer";
import { blankModule, Module } from "./module";
import { Parameter } from "./parameter";

/**
 * @internal A module like the given one, with parameters, buffers and modules of its own; what it holds otherwise, such as a
 * data set, is shared. Hooks and gradients stay behind, and the constructor does not run again.
 * @throws DataError if a field is a function that works on the module it was made in: it would go on doing so
 */
export function copyOf<M extends Module>(caller: string, module: M): M {
  const made = new Map<object, unknown>();

  const copyModule = (source: Module): Module => {
    const copy = blankModule(source.constructor as { prototype: unknown });
    made.set(source, copy);
    for (const key of Reflect.ownKeys(source)) {
      const field = Object.getOwnPropertyDescriptor(source, key) as PropertyDescriptor;
      const value: unknown = field.value;
      if (isBound(value))
        throw new DataError(
          `${caller}: ${source.constructor.name} has a field ${String(key)}, a function that uses "this" of the network ` +
            `itself, not of its copy. Make it a method, ${String(key)}(...) { ... }.`,
        );
      Object.defineProperty(copy, key, "value" in field ? { ...field, value: copyValue(value) } : field);
    }
    return copy;
  };

  const copyValue = (value: unknown): unknown => {
    if ((typeof value !== "object" && typeof value !== "function") || value === null) return value;
    if (made.has(value)) return made.get(value);
    if (value instanceof Module) return copyModule(value);
    const copy = value instanceof Tensor ? copyTensor(value) : copyContainer(value);
    made.set(value, copy);
    return copy;
  };

  /** Containers may hold themselves, so they are known before they are filled. */
  const copyContainer = (value: object): unknown => {
    if (Array.isArray(value)) {
      const copy: unknown[] = [];
      made.set(value, copy);
      for (const each of value) copy.push(copyValue(each));
      return copy;
    }
    if (value instanceof Map) {
      const copy = new Map<unknown, unknown>();
      made.set(value, copy);
      for (const [key, each] of value) copy.set(copyValue(key), copyValue(each));
      return copy;
    }
    if (value instanceof Set) {
      const copy = new Set<unknown>();
      made.set(value, copy);
      for (const each of value) copy.add(copyValue(each));
      return copy;
    }
    const kind: unknown = Object.getPrototypeOf(value);
    if (kind !== Object.prototype && kind !== null) return value;
    const copy = Object.create(kind) as Record<string, unknown>;
    made.set(value, copy);
    for (const [key, each] of Object.entries(value)) copy[key] = copyValue(each);
    return copy;
  };

  return copyModule(module) as M;
}

function copyTensor(tensor: Tensor): Tensor {
  if (tensor instanceof Parameter) return new Parameter(tensor.detach().clone(), { requiresGrad: tensor.requiresGrad });
  return tensor instanceof Buffer ? new Buffer(tensor.detach().clone()) : tensor;
}

/** Whether a function keeps the `this` that it was made with: an arrow function that says "this", or what bind() gave. */
function isBound(value: unknown): boolean {
  if (typeof value !== "function" || value instanceof Module) return false;
  if (value.name.startsWith("bound ")) return true;
  const text = Function.prototype.toString.call(value);
  return /^(async\s+)?(\([^]*?\)|[\w$]+)\s*=>/.test(text) && /\bthis\b/.test(text);
}
