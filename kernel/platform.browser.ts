/** What the kernel needs of the place where it runs: a Web Worker's. */
import * as shown from "node-inspect-extracted";

/** Values as Node shows them; but what a proxy hides and how a promise stands, no page can know. */
export const inspect = shown.inspect as unknown as typeof import("node:util").inspect;
export const formatWithOptions = shown.formatWithOptions as unknown as typeof import("node:util").formatWithOptions;

export function uuid(): string {
  // A page that was not loaded over https has no crypto.randomUUID.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Bytes become a text in pieces, because a function takes only so many arguments. */
const PIECE = 8192;

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text);
}

/** As Node reads it: what is no base64 is passed over. */
export function fromBase64(text: string): Uint8Array {
  const digits = text
    .replaceAll("-", "+")
    .replaceAll("_", "/")
    .replace(/=.*$/s, "")
    .replace(/[^A-Za-z0-9+/]/g, "");
  const whole = digits.length % 4 === 1 ? digits.slice(0, -1) : digits;
  return Uint8Array.from(atob(whole), (letter) => letter.charCodeAt(0));
}

export const isProxy = (_value: unknown): boolean => false;
export const isNativeError = (value: unknown): value is Error =>
  value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";

export type Timer = ReturnType<typeof setTimeout>;

/** A message to oneself comes in the next turn of the event loop; a timer of 0 ms may wait for 4 ms. */
class Turns {
  private readonly waiting: (() => void)[] = [];
  private port: { postMessage(message: null): void } | null = null;

  readonly setImmediate = (body: (...given: unknown[]) => void, ...given: unknown[]): void => {
    this.waiting.push(() => body(...given));
    this.port ??= this.open();
    this.port.postMessage(null);
  };

  private open(): { postMessage(message: null): void } {
    const { port1, port2 } = new MessageChannel();
    Object.assign(port1, { onmessage: () => this.waiting.shift()?.() });
    return port2;
  }
}

/** A function of the page's, which it lets nobody call as the method of another object. */
const own = <F extends (...given: never[]) => unknown>(called: F): F => called.bind(globalThis) as unknown as F;

/** The place's own timers and fetch, for the kernel; cells see others, see run/timers.ts. */
export const native = {
  setTimeout: own(setTimeout),
  setInterval: own(setInterval),
  setImmediate: new Turns().setImmediate as unknown as typeof globalThis.setImmediate,
  clearInterval: own(clearInterval),
  clearTimeout: own(clearTimeout),
  fetch: own(fetch),
};

/** No page waits for a timer. */
export const unref = (_timer: Timer): void => {};

/** What runs the cells, for people. */
export const runtime: string = "a page";

/** The folder in which relative paths begin. */
export const currentFolder = (): string => "/";

/** A page has no files. */
export const readText = (_path: string): string | null => null;
export const namesIn = (_folder: string): string[] => [];

/** Paths of the compiler's files, which are none of a disk. */
export const isAbsolute = (path: string): boolean => path.startsWith("/");

export function join(...parts: string[]): string {
  const whole = parts.filter((part) => part !== "").join("/");
  const kept: string[] = [];
  for (const part of whole.split("/")) {
    if (part === "..") kept.pop();
    else if (part !== "" && part !== ".") kept.push(part);
  }
  return `${isAbsolute(whole) ? "/" : ""}${kept.join("/")}` || ".";
}

export const dirname = (path: string): string => join(path, "..");

/** @param suffix left out if the name ends in it */
export function basename(path: string, suffix = ""): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return suffix !== "" && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}
