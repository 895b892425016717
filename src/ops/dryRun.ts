/** Running a program for its shapes alone: ops check and work out sizes, but no kernel runs and no memory is used. */
import { onBreak } from "../devices/checkpoint";
import type { Tensor } from "../tensor/tensor";
import type { Geometry } from "./defineOp";

/** Sees every op of a dry run: its name, inputs and output, and the sizes that a kernel would have received. */
export type OpWatcher = (name: string, inputs: readonly Tensor[], output: Tensor, geometry: Geometry) => void;

let watcher: OpWatcher | null = null;
onBreak(() => (watcher = null));

/** The watcher of the dry run in progress; null in ordinary work. */
export const dryRunWatcher = (): OpWatcher | null => watcher;

/** What `body` returns, computed dry: the results of ops in it have shapes and no numbers. `body` is synchronous. */
export function dryRun<T>(watch: OpWatcher, body: () => T): T {
  const outer = watcher;
  watcher = watch;
  try {
    return body();
  } finally {
    watcher = outer;
  }
}
