/** What the kernel offers to the names of cells. Cells see this file's types, so it imports no more than their own. */
import type { CommRegistry } from "./comms";
import type { Variable } from "./variables";

export interface CellParts {
  comms: CommRegistry;
  /** Shows a value below the cell, or changes what is shown under the id. */
  showAt(value: unknown, id: string, update: boolean): void;
  clearOutput(wait: boolean): void;
  /** Writes what the cell prints from now on into a file as well. */
  record(path: string): void;
  /** Asks the person at the notebook. */
  ask(prompt: string, password: boolean): Promise<string>;
  /** Throws if the cell was stopped. */
  checkInterrupt(): void;
  variables(): Variable[];
  /** Forgets all variables when the running cell has ended. */
  reset(): void;
  /** What is known about a name, as a MIME bundle; null if nothing is. */
  explain(name: string): Record<string, unknown> | null;
  /** Opens the pager with a MIME bundle when the cell has ended. */
  page(bundle: Record<string, unknown>): void;
}
