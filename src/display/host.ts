import { NOTEBOOK, type NotebookHost } from "../protocol";

/** The notebook around this program; undefined in plain Node. */
export const notebook = (): NotebookHost | undefined =>
  (globalThis as { [NOTEBOOK]?: NotebookHost })[NOTEBOOK];
