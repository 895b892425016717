import type { CellParts } from "./parts";

declare global {
  /**
   * Asks the person at the notebook and resolves to the answer.
   * @throws Error if nobody can answer, as when a notebook is executed by nbconvert or nbgrader
   */
  function input(prompt?: string, options?: { password?: boolean }): Promise<string>;
}

export const input =
  (cell: CellParts): typeof globalThis.input =>
  (prompt = "", { password = false } = {}) =>
    cell.ask(String(prompt), password);
