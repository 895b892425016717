import { NOTEBOOK, type NotebookHost } from "../protocol";

const recoveries: (() => void)[] = [];
let breaksSeen = 0;

/** Calls `recover` before the next op after running code was cut off without its `finally` blocks. */
export function onBreak(recover: () => void): void {
  recoveries.push(recover);
}

/** Lets the notebook's Stop button end a long computation between two ops: it throws if it was pressed. */
export function checkpoint(): void {
  const host = (globalThis as { [NOTEBOOK]?: NotebookHost })[NOTEBOOK];
  if (!host) return;
  host.checkInterrupt();
  if (host.breaks === breaksSeen) return;
  breaksSeen = host.breaks;
  for (const recover of recoveries) recover();
}
