/** Running a program for its shapes alone: ops check and work out sizes, but no kernel runs and no memory is used. */
import { ambient } from "../../ambient";
import type { Tensor } from "../../tensor/tensor";
import type { Geometry } from "./defineOp";

/** Sees every op of a dry run: its name, inputs and output, and the sizes that a kernel would have received. */
export type OpWatcher = (name: string, inputs: readonly Tensor[], output: Tensor, geometry: Geometry) => void;

/** The watcher of the dry run in progress; null in ordinary work. For `defineOp` alone. */
export const dryRunWatcher = ambient<OpWatcher | null>("dryRun", null);

/** What `body` returns, computed dry: the results of ops in it have shapes and no numbers. `body` is synchronous. */
export const dryRun = <T>(watch: OpWatcher, body: () => T): T => dryRunWatcher.during(watch, body);
