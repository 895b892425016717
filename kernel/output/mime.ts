/** Turns values into MIME bundles. A value chooses its own by the display symbol; any other is shown as text. */
import { DISPLAY, type Displayable } from "../../src/protocol";
import { isProxy, toBase64 } from "../platform";
import { Interrupted } from "../run/interrupted";
import { tableOf } from "./table";
import { messageOf, textOf } from "./valueText";
import { isObject, toJson } from "../json";

/** A bundle as messages carry it: strings and JSON values only. */
export type PlainBundle = Record<string, unknown>;

/** Receives one line about a display that failed. */
export type Complain = (line: string) => void;

/** A value that has this property shows nothing as the last value of a cell. */
export const QUIET: unique symbol = Symbol("receptive.quiet");

/**
 * The bundle of a value; a promise only if the value's own display method gives one.
 * @param options.isResult whether a cell ends with it, which may then fail as its display method does
 */
export function bundleOf(
  value: unknown,
  complain: Complain,
  { isResult = false } = {},
): PlainBundle | Promise<PlainBundle> {
  const failed = (error: unknown): PlainBundle => {
    if (error instanceof Interrupted || (isResult && displayIsWork(value))) throw error;
    complain(`The display of ${nameOf(value)} failed: ${messageOf(error)}`);
    // What its fields hold says less than the reason.
    return { "text/plain": nameOf(value) };
  };
  try {
    const method = displayMethod(value);
    if (!method) return withoutMethod(value);
    const bundle: unknown = method();
    const plain = (made: unknown): PlainBundle => withPlainText(plainBundle(made), () => textOf(value));
    if (bundle instanceof Promise) return bundle.then(plain).catch(failed);
    return plain(bundle);
  } catch (error) {
    return failed(error);
  }
}

function withoutMethod(value: unknown): PlainBundle {
  const table = tableOf(value);
  return { ...(table === null ? {} : { "text/html": table }), "text/plain": textOf(value) };
}

export function isQuiet(value: unknown): boolean {
  return typeof value === "object" && value !== null && !isProxy(value) && QUIET in value;
}

const displayIsWork = (value: unknown): boolean => (value as Displayable).displayIsWork === true;

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
    if (data === undefined || data === null) continue;
    if (!type.includes("/")) throw new TypeError(`"${type}" is not a MIME type`);
    plain[type] = isJson(type) ? (JSON.parse(toJson(data)) as unknown) : textOfData(type, data);
  }
  return plain;
}

const isJson = (type: string): boolean => type === "application/json" || type.endsWith("+json");

/** What stands in a notebook's file for a type that is no JSON: a string. Lines become one, bytes base64. */
function textOfData(type: string, data: unknown): string {
  if (data instanceof Uint8Array) return toBase64(data);
  if (Array.isArray(data) && data.every((line) => typeof line === "string")) return data.join("");
  if (["string", "number", "bigint", "boolean"].includes(typeof data)) return String(data);
  throw new TypeError(`"${type}" must be a string or bytes, got ${nameOf(data)}`);
}

/** Every output has a text: who grades or prints a notebook reads nothing else. */
export function withPlainText(bundle: PlainBundle, otherwise = () => plainTextOf(bundle)): PlainBundle {
  return "text/plain" in bundle ? bundle : { ...bundle, "text/plain": otherwise() };
}

/** The best text there is in a bundle without one: its markdown, its HTML without tags, or the names of its types. */
function plainTextOf(bundle: PlainBundle): string {
  const text = bundle["text/markdown"] ?? bundle["text/latex"] ?? withoutTags(bundle["text/html"]);
  return typeof text === "string" && text !== "" ? text : `[${Object.keys(bundle).join(", ")}]`;
}

const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"];

/**
 * The metadata of an output: a picture's alternative text is the text beside it, which says the same in words. Exports read it
 * there (nbconvert's classic template, nbgrader's feedback, our own template).
 * @param given what the value says itself, which counts
 */
export function outputMetadata(bundle: PlainBundle, given: Record<string, unknown> = {}): Record<string, unknown> {
  const metadata = { ...given };
  const text = bundle["text/plain"];
  // The names of the types, which stand in for a text, describe nothing.
  if (typeof text !== "string" || text === "" || text === plainTextOf(bundleWithout(bundle))) return metadata;
  for (const type of PICTURES.filter((type) => type in bundle)) {
    const said = metadata[type];
    metadata[type] = { alt: text, ...(isObject(said) ? said : {}) };
  }
  return metadata;
}

const bundleWithout = (bundle: PlainBundle): PlainBundle =>
  Object.fromEntries(Object.entries(bundle).filter(([type]) => type !== "text/plain"));

export function withoutTags(html: unknown): string {
  return typeof html === "string" ? html.replace(/<[^>]*>/g, "").trim() : "";
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
