import { DataError } from "../../errors";
import { Module } from "../../nn/module";
import { Tensor } from "../../tensor/tensor";
import { writeTensors } from "../safetensors/save";
import { TREE } from "./format";

/**
 * Writes an object of tensors, numbers, strings, booleans, null, and lists and objects of these, to one file: the state
 * dicts of a network, its optimizer and its scheduler, and the epoch. The file appears whole or not at all; it is a
 * safetensors file, whose metadata holds as JSON what is no tensor. `io.load` reads it.
 * @throws DataError for what no file can hold, such as a function or a network itself, or if the file cannot be written
 * @see torch.save; https://huggingface.co/docs/safetensors
 * @example
 * const { tmpdir } = await import("node:os");
 * const path = `${tmpdir()}/checkpoint-${process.pid}.safetensors`;
 * const optimizer = new optim.Adam(net.parameters());
 * await io.save(path, { model: net.stateDict(), optimizer: optimizer.stateDict(), epoch: 3 });
 * const { model, optimizer: state, epoch } = io.load(path);
 * net.loadStateDict(model);
 * optimizer.loadStateDict(state);
 * console.log(`goes on after epoch ${epoch}`);
 */
export async function save(path: string, checkpoint: object): Promise<void> {
  const tensors: Record<string, Tensor> = {};
  const tree = plain(checkpoint, [], tensors, new Set());
  if (typeof tree !== "object" || tree === null || Array.isArray(tree) || "$tensor" in tree)
    throw new DataError(`save: a checkpoint is an object, got ${describe(checkpoint)}. Write { model: ... }.`);
  await writeTensors("save", path, tensors, { format: "pt", [TREE]: JSON.stringify(tree) });
}

/** `value` as JSON; its tensors are put into `tensors`, each under a name of its own. */
function plain(value: unknown, path: readonly string[], tensors: Record<string, Tensor>, around: Set<object>): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : { $number: String(value) };
  if (value instanceof Tensor) {
    let name = path.join(".");
    while (Object.hasOwn(tensors, name)) name += "_"; // "a.b" of one object, and b of a in another
    tensors[name] = value;
    return { $tensor: name };
  }
  if (typeof value !== "object" || !isPlain(value)) throw cannotHold(value, path);
  if (around.has(value))
    throw new DataError(`save: ${path.join(".")} is inside itself. Save what it holds, each thing once.`);
  around.add(value);
  const inner = (each: unknown, name: string): unknown => plain(each, [...path, name], tensors, around);
  const result = Array.isArray(value)
    ? value.map((each: unknown, i) => inner(each, String(i)))
    : Object.fromEntries(
        Object.entries(value)
          .filter(([, each]) => each !== undefined)
          .map(([name, each]) => [name.startsWith("$") ? `$${name}` : name, inner(each, name)]),
      );
  around.delete(value);
  return result;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of a notebook's cell has another realm's prototype, which has no prototype either.
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
}

function cannotHold(value: unknown, path: readonly string[]): DataError {
  const hasState = value instanceof Module || (typeof value === "object" && value !== null && "stateDict" in value);
  const step = hasState
    ? "Save its stateDict()."
    : ArrayBuffer.isView(value)
      ? "Make it a tensor with fromArray(array, shape)."
      : "Give tensors, numbers, strings, booleans, null, and lists and objects of these.";
  const where = path.join(".") || "the checkpoint";
  return new DataError(`save: ${where} is ${describe(value)}, which no file can hold. ${step}`);
}

function describe(value: unknown): string {
  if (value instanceof Tensor) return String(value);
  if (typeof value === "function" && !(value instanceof Module)) return "a function";
  if (typeof value !== "object" && typeof value !== "function") return `${typeof value} ${String(value)}`;
  return `an object of class ${(value?.constructor as { name?: string } | undefined)?.name ?? "Object"}`;
}
