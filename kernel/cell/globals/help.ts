import type { CellParts } from "./parts";

declare global {
  /** Shows the type and the description of a name in the pager: `help("Math.max")`. */
  function help(name: string): void;
}

const EXAMPLE = `For example help("Math.max").`;

export const help =
  (cell: CellParts): typeof globalThis.help =>
  (name) => {
    if (typeof name !== "string") throw new TypeError(`help: expected a name in quotes. ${EXAMPLE}`);
    const found = cell.explain(name);
    if (!found) {
      throw new Error(`help: nothing is known about "${name}". Give a name that a cell could use. ${EXAMPLE}`);
    }
    cell.page(found);
  };
