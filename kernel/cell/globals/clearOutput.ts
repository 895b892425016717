import type { CellParts } from "./parts";

declare global {
  /** Removes what the cell has shown so far; with `wait`, when the next output comes, which does not flicker. */
  function clearOutput(options?: { wait?: boolean }): void;
}

export const clearOutput =
  (cell: CellParts): typeof globalThis.clearOutput =>
  ({ wait = false } = {}) =>
    cell.clearOutput(wait);
