/** Puts the names of globals/ where cells find them, and the host where the engine finds it. */
import { randomUUID } from "node:crypto";
import { openSync } from "node:fs";
import { NOTEBOOK } from "../../src/protocol";
import type { Variable } from "./globals";
import type { Comms } from "../comms/comms";
import { currentContext } from "../run/context";
import { makeDisplay } from "../output/display";
import type { GLOBAL_NAMES } from "./globalNames";
import type { Host } from "../comms/host";
import type { PlainBundle } from "../output/mime";
import type { Stdin } from "../stdin";
import { timeit } from "./timeit";

export interface CellNameParts {
  host: Host;
  comms: Comms;
  stdin: Stdin;
  clearOutput(wait: boolean): void;
  /** Writes what the cell prints into an open file as well. */
  record(file: number): void;
  variables(): Variable[];
  /** Forgets all variables when the running cell has ended. */
  reset(): void;
  /** What is known about a name, for the pager. */
  explain(name: string): PlainBundle | null;
}

export function installCellNames(parts: CellNameParts): void {
  const { host, comms, stdin } = parts;
  const names: Record<(typeof GLOBAL_NAMES)[number] | typeof NOTEBOOK, unknown> = {
    [NOTEBOOK]: host,
    comms,
    display: makeDisplay((value, id, update) => host.showAt(value, id, update), randomUUID),
    clearOutput: ({ wait = false } = {}) => parts.clearOutput(wait),
    saveOutput: (path: string) => parts.record(openForOutput(path)),
    input: (prompt: unknown = "", { password = false } = {}) => stdin.ask(String(prompt), password, currentContext()),
    timeit: (body: () => unknown, { seconds = 1 } = {}) => timeit(body, seconds, host.checkInterrupt),
    variables: () => parts.variables(),
    reset: () => parts.reset(),
    help(name: unknown) {
      const found = typeof name === "string" ? parts.explain(name) : null;
      if (!found) {
        const example = `For example help("Math.max").`;
        if (typeof name !== "string") throw new TypeError(`help: expected a name in quotes. ${example}`);
        throw new Error(`help: nothing is known about "${name}". Give a name that a cell could use. ${example}`);
      }
      currentContext()?.payload.push({ source: "page", data: found, start: 0 });
    },
  };
  for (const name of Reflect.ownKeys(names)) {
    const value = (names as Record<string | symbol, unknown>)[name];
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

function openForOutput(path: unknown): number {
  if (typeof path !== "string" || path === "") {
    throw new TypeError(`saveOutput: expected the path of a file. For example saveOutput("output.txt").`);
  }
  return openSync(path, "w");
}
