/** Values as text: readable, and short however large the value is. Never throws. */
import { inspect, isNativeError, isProxy } from "../platform";
import { withoutAsyncSymbols } from "../run/context";
import { stackOf } from "../run/stack";
import { frames } from "./traceback";

/** From generous to brief; the first one that a value fits into is taken. */
const LEVELS = [
  { depth: 4, items: 100 },
  { depth: 4, items: 20 },
  { depth: 4, items: 6 },
  { depth: 3, items: 4 },
  { depth: 2, items: 4 },
  { depth: 1, items: 4 },
];
/** How many values below a value may be printed before a briefer level is taken. */
const MAX_PARTS = 400;
const MAX_KEYS = 40;
const MAX_TEXT = 20_000;
const MAX_STRING = 10_000;

export function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return "unknown error";
  }
}

/** What a cell's last value looks like as text. */
export function textOf(value: unknown): string {
  try {
    if (isNativeError(value)) return errorText(value);
    const level = LEVELS.find(({ depth, items }) => partsOf(value, depth, items) <= MAX_PARTS);
    const { depth, items } = level ?? { depth: 0, items: 6 };
    const options = {
      depth,
      maxArrayLength: items,
      maxStringLength: MAX_STRING,
      breakLength: 100,
      compact: 3,
    };
    if (level) return shortened(inspect(value, options));
    const [few, left] = firstKeys(value);
    const note = left > 0 ? `\n... ${left} more keys` : "";
    return shortened(inspect(few, options)) + note;
  } catch (error) {
    return `[this value cannot be shown: ${messageOf(error)}]`;
  }
}

/** The value in one line of at most `width` characters. */
export function lineOf(value: unknown, width = 80): string {
  try {
    const options = { depth: 0, maxArrayLength: 6, maxStringLength: width, breakLength: Infinity };
    const text = isNativeError(value) ? `${value.name}: ${value.message}` : inspect(few(value), options);
    const line = withoutAsyncSymbols(text).replace(/\s+/g, " ");
    return line.length > width ? `${line.slice(0, width - 3)}...` : line;
  } catch (error) {
    return `[cannot be shown: ${messageOf(error)}]`;
  }
}

const few = (value: unknown): unknown => firstKeys(value)[0];

function shortened(text: string): string {
  const clean = withoutAsyncSymbols(text);
  const left = clean.length - MAX_TEXT;
  return left > 0 ? `${clean.slice(0, MAX_TEXT)}\n... ${left} more characters` : clean;
}

/** An error that is a value and was not thrown: its message and the user's frames. */
function errorText(error: Error): string {
  const title = `${error.name}: ${error.message}`;
  const plain = frames(stackOf(error)).map((line) => line.replace(/\x1b\[\d+m/g, ""));
  return shortened([title, ...plain].join("\n"));
}

/** How many values `inspect` would print; stops counting beyond the limit. */
function partsOf(value: unknown, depth: number, items: number): number {
  let count = 0;
  const onPath = new Set<object>();
  const visit = (part: unknown, left: number): void => {
    if (++count > MAX_PARTS || typeof part !== "object" || part === null || left < 0 || onPath.has(part)) return;
    if (isProxy(part)) return;
    onPath.add(part);
    if (ArrayBuffer.isView(part)) count += Math.min(items, (part as Partial<Uint8Array>).length ?? items);
    else if (Array.isArray(part)) visitAll((part as unknown[]).slice(0, items), left);
    else if (part instanceof Map || part instanceof Set) visitAll(firstOf(part, items), left);
    else {
      const keys = Object.keys(part);
      if (keys.length > MAX_PARTS) count += keys.length;
      else for (const key of keys) visit(plainValue(part, key), left - 1);
    }
    onPath.delete(part);
  };
  const visitAll = (parts: unknown[], left: number): void => {
    for (const part of parts) visit(part, left - 1);
  };
  visit(value, depth);
  return count;
}

/** The value of a property that is no getter. */
function plainValue(object: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value;
}

function firstOf(collection: Map<unknown, unknown> | Set<unknown>, items: number): unknown[] {
  const found: unknown[] = [];
  for (const entry of collection.entries()) {
    if (found.length >= 2 * items) break;
    found.push(...entry);
  }
  return found;
}

/** A copy of a plain object with only its first keys, and how many were left out; any other value as it is. */
function firstKeys(value: unknown): [value: unknown, left: number] {
  if (typeof value !== "object" || value === null || isProxy(value)) return [value, 0];
  if (Array.isArray(value) || ArrayBuffer.isView(value) || Symbol.iterator in value) return [value, 0];
  if (inspect.custom in value) return [value, 0];
  const keys = Object.keys(value);
  if (keys.length <= MAX_KEYS) return [value, 0];
  const copy = Object.create(Object.getPrototypeOf(value) as object | null) as object;
  for (const key of keys.slice(0, MAX_KEYS)) {
    Object.defineProperty(copy, key, Object.getOwnPropertyDescriptor(value, key) ?? {});
  }
  return [copy, keys.length - MAX_KEYS];
}
