/** Puts the names of globals/ where cells find them, and the host where the engine finds it. */
import { NOTEBOOK, type NotebookHost } from "../../src/protocol";
import * as globals from "./globals";
import type { CellParts } from "./globals/parts";

export function installCellNames(parts: CellParts, host: NotebookHost): void {
  for (const [name, make] of Object.entries(globals)) define(name, make(parts));
  define(NOTEBOOK, host);
}

function define(name: string | symbol, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
}
