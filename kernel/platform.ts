/** What the kernel needs of the place where it runs: Node's, for which platform.browser.ts stands in a Web Worker. */
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { formatWithOptions, inspect, types } from "node:util";

export { basename, dirname, formatWithOptions, inspect, isAbsolute, join };

export const uuid = (): string => randomUUID();

export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
export const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));

export const isProxy = (value: unknown): boolean => types.isProxy(value);
export const isNativeError = (value: unknown): value is Error => types.isNativeError(value);

export type Timer = NodeJS.Timeout;

/** The place's own timers and fetch, for the kernel; cells see others, see run/timers.ts. */
export const native = { setTimeout, setInterval, setImmediate, clearInterval, clearTimeout, fetch };

/** The process need not wait for this timer. */
export const unref = (timer: Timer): void => void timer.unref();

/** What runs the cells, for people: `Node 22.1.0`. */
export const runtime: string = `Node ${process.versions.node}`;

/** The folder in which relative paths begin now. */
export const currentFolder = (): string => process.cwd();

/** The text of a file; null if it cannot be read. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** The names of what lies in a folder; none if it cannot be read. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
