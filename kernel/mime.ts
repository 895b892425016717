/** Turns values into MIME bundles. A value chooses its own by the display symbol; any other is shown as text. */
import { inspect } from "node:util";
import { DISPLAY } from "../src/protocol";
import { withoutAsyncSymbols } from "./context";
import { Interrupted } from "./interrupt";
import { isObject, toJson } from "./wire";

/** A bundle as messages carry it: strings and JSON values only. */
export type PlainBundle = Record<string, unknown>;

/** Receives one line about a display that failed. */
export type Complain = (line: string) => void;

const INSPECT_OPTIONS = {
  depth: 4,
  maxArrayLength: 100,
  maxStringLength: 10_000,
  breakLength: 100,
  compact: 3,
} as const;
const MAX_TEXT = 100_000;

/** What a cell's last value looks like as text. Never throws. */
export function textOf(value: unknown): string {
  try {
    const text = withoutAsyncSymbols(inspect(value, INSPECT_OPTIONS));
    return text.length > MAX_TEXT
      ? `${text.slice(0, MAX_TEXT)}\n... ${text.length - MAX_TEXT} more characters`
      : text;
  } catch (error) {
    return `[this value cannot be shown: ${messageOf(error)}]`;
  }
}

/** The bundle of a value; a promise only if the value's own display method gives one. */
export function bundleOf(value: unknown, complain: Complain): PlainBundle | Promise<PlainBundle> {
  const failed = (error: unknown): PlainBundle => {
    if (error instanceof Interrupted) throw error;
    complain(`The display of ${nameOf(value)} failed: ${messageOf(error)}`);
    return { "text/plain": textOf(value) };
  };
  try {
    const method = displayMethod(value);
    if (!method) return { "text/plain": textOf(value) };
    const bundle: unknown = method();
    if (bundle instanceof Promise) return bundle.then(plainBundle).catch(failed);
    return plainBundle(bundle);
  } catch (error) {
    return failed(error);
  }
}

function displayMethod(value: unknown): (() => unknown) | null {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return null;
  const method: unknown = (value as Record<symbol, unknown>)[DISPLAY];
  return typeof method === "function" ? () => (method as () => unknown).call(value) : null;
}

/**
 * The bundle with bytes as base64 and JSON values made plain.
 * @throws TypeError if it is no bundle or cannot be JSON
 */
export function plainBundle(bundle: unknown): PlainBundle {
  if (!isObject(bundle)) throw new TypeError(`a MIME bundle must be an object, got ${nameOf(bundle)}`);
  const plain: PlainBundle = {};
  for (const [type, data] of Object.entries(bundle)) {
    if (data === undefined) continue;
    if (!type.includes("/")) throw new TypeError(`"${type}" is not a MIME type`);
    if (data instanceof Uint8Array) plain[type] = Buffer.from(data).toString("base64");
    else if (typeof data === "string") plain[type] = data;
    else plain[type] = JSON.parse(toJson(data)) as unknown;
  }
  return plain;
}

export function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return "unknown error";
  }
}

function nameOf(value: unknown): string {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return String(value);
  try {
    const { constructor } = value as { constructor?: { name?: unknown } };
    return typeof constructor?.name === "string" && constructor.name ? constructor.name : "the value";
  } catch {
    return "the value";
  }
}
