/** The notebook around this program, as far as the engine needs to know of it: its host, and whether it was stopped. */
import { NOTEBOOK, type NotebookHost } from "./protocol";

/** The kernel's side; undefined in plain Node and in a page. */
// eslint-disable-next-line no-restricted-syntax -- the one place that reads it
export const notebook = (): NotebookHost | undefined => (globalThis as { [NOTEBOOK]?: NotebookHost })[NOTEBOOK];

/** How often a Stop has cut running code off without its `finally` blocks. */
export const breaks = (): number => notebook()?.breaks ?? 0;

/** Lets the notebook's Stop button end a long computation between two ops: it throws if it was pressed. */
export const checkpoint = (): void => notebook()?.checkInterrupt();
