import type { CellParts } from "./parts";

declare global {
  /** Forgets every variable of the notebook. The imports of packages stay loaded. */
  function reset(): void;
}

export const reset =
  (cell: CellParts): typeof globalThis.reset =>
  () =>
    cell.reset();
