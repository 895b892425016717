import type { CellParts } from "./parts";

declare global {
  /**
   * Writes what the cell prints from now on into a file as well, also what is too much for the notebook.
   * @example saveOutput("output.txt")
   */
  function saveOutput(path: string): void;
}

export const saveOutput =
  (cell: CellParts): typeof globalThis.saveOutput =>
  (path) => {
    if (typeof path !== "string" || path === "") {
      throw new TypeError(`saveOutput: expected the path of a file. For example saveOutput("output.txt").`);
    }
    cell.record(path);
  };
