/**
 * What functions ask of their arguments, and how an error shows what came instead. Plain JavaScript, a page and a cell whose
 * types were not checked may pass anything: an array where a tensor belongs, or a promise that nobody waited for.
 */
import { DTypeError } from "./errors";
import type { Tensor } from "./tensor/tensor";

/** Whether it is a tensor. */
export const isTensor = (value: unknown): value is Tensor =>
  typeof value === "object" && value !== null && "storage" in value;

const isPromise = (value: unknown): boolean =>
  typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";

/** Whether it can be called like a network. */
export const isModule = (value: unknown): boolean => typeof value === "function" && "forward" in value;

/** `Array.isArray` for what is declared to be an array already: it leaves the type of the elements. */
export const isArray = (value: unknown): boolean => Array.isArray(value);

/** As many characters of a value as an error shows. */
const SHOWN = 60;

/** A value as an error shows it: short, whatever it is. */
export function show(value: unknown): string {
  const text = textOf(value, 0);
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 3)}...` : text;
}

function textOf(value: unknown, depth: number): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return isModule(value) ? "a module" : "a function";
  if (typeof value !== "object" || value === null) return String(value);
  if (isTensor(value)) return String(value);
  if (Array.isArray(value)) return depth > 2 ? "[...]" : `[${partsOf(value, depth)}]`;
  if (ArrayBuffer.isView(value) && "length" in value) return `${kindOf(value)} of ${String(value.length)}`;
  if (kindOf(value) !== "Object") return `${/^[AEIOU]/.test(kindOf(value)) ? "an" : "a"} ${kindOf(value)}`;
  if (depth > 2) return "{...}";
  return `{${Object.entries(value)
    .slice(0, SHOWN)
    .map(([name, each]) => `${JSON.stringify(name)}:${textOf(each, depth + 1)}`)
    .join(",")}}`;
}

const partsOf = (items: readonly unknown[], depth: number): string =>
  Array.from(items.slice(0, SHOWN), (item) => textOf(item, depth + 1)).join(",");

/** "Float32Array", "Promise", "DataLoader"; "Object" for one that is nothing else. */
function kindOf(value: unknown): string {
  const kind: unknown = (value as { constructor?: unknown } | null | undefined)?.constructor;
  return typeof kind === "function" && kind.name ? kind.name : "Object";
}

/** What to do about it: a promise was not waited for, a loader not gone through, or else `next`; `ofModule` for a network. */
export function nextStep(value: unknown, next: string, ofModule = next): string {
  if (isPromise(value)) return "Write await before it.";
  if (typeof value === "object" && value !== null && Symbol.asyncIterator in value)
    return "Take its batches: for await (const [inputs, labels] of loader).";
  if (isModule(value)) return ofModule;
  return next;
}

/** The error about an argument of another kind. */
export const wrongKind = (caller: string, name: string, wanted: string, value: unknown, next: string): TypeError =>
  new TypeError(`${caller}: ${name} must be ${wanted}, got ${show(value)}. ${nextStep(value, next)}`);

/** @throws DTypeError unless it is a tensor */
export function checkTensor(
  caller: string,
  name: string,
  value: unknown,
  next = "Use tensor(...) first.",
): asserts value is Tensor {
  if (!isTensor(value))
    throw new DTypeError(
      `${caller}: ${name} is no tensor, got ${show(value)}. ${nextStep(value, next, "Call it with its input: net(x).")}`,
    );
}

/** @throws DTypeError unless it is an array of tensors */
export function checkTensors(
  caller: string,
  name: string,
  value: unknown,
  next: string,
): asserts value is readonly Tensor[] {
  if (!Array.isArray(value))
    throw new DTypeError(
      `${caller}: ${name} must be an array of tensors, got ${show(value)}. ${nextStep(value, next)}`,
    );
  for (let i = 0; i < value.length; i++) checkTensor(caller, `${name}[${i}]`, value[i]);
}

/** @throws TypeError unless it is a number; NaN and infinity are */
export function checkNumber(
  caller: string,
  name: string,
  value: unknown,
  next = "Give one number.",
): asserts value is number {
  if (typeof value !== "number") throw wrongKind(caller, name, "a number", value, next);
}

/** @throws TypeError unless it can be called */
export function checkFunction(caller: string, name: string, value: unknown, next: string): void {
  if (typeof value !== "function") throw wrongKind(caller, name, "a function", value, next);
}

/** @throws TypeError unless it is a network or a layer */
export function checkModule(caller: string, name: string, value: unknown): void {
  if (!isModule(value)) throw wrongKind(caller, name, "a module", value, "Give a network, such as new Net().");
}

/** @throws TypeError unless it is an array; what is in it may be any kind */
export function checkNumbers(
  caller: string,
  name: string,
  value: unknown,
  next: string,
): asserts value is readonly number[] {
  if (!Array.isArray(value) || !value.every((each) => typeof each === "number"))
    throw wrongKind(caller, name, "an array of numbers", value, next);
}

/** What arithmetic takes. @throws DTypeError unless it is a tensor, a number or a boolean */
export function checkOperand(caller: string, name: string, value: unknown): void {
  if (typeof value !== "number" && typeof value !== "boolean") checkTensor(caller, name, value);
}

/** The bias of a convolution, behind which its options stand. @throws DTypeError unless it is a tensor */
export function checkBias(caller: string, bias: unknown): void {
  if (!isTensor(bias))
    checkTensor(
      caller,
      "bias",
      bias,
      kindOf(bias) === "Object" ? "Write null in its place before options." : "Give a tensor, or null.",
    );
}

/** @throws TypeError unless it is a string */
export function checkText(caller: string, name: string, value: unknown, next: string): void {
  if (typeof value !== "string") throw wrongKind(caller, name, "a string", value, next);
}

/** What files are read from. @throws TypeError unless it is a path, or bytes */
export function checkSource(caller: string, value: unknown): void {
  if (typeof value !== "string" && !(ArrayBuffer.isView(value) && kindOf(value) !== "DataView"))
    throw wrongKind(caller, "pathOrBytes", "a path, or bytes", value, "Write a file's name, or give a Uint8Array.");
}
