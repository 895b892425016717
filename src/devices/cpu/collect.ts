/** Node: a garbage collection at a moment of the engine's choosing, after which weak references tell what is gone. */
import { setFlagsFromString } from "node:v8";
import { createContext, runInNewContext, Script } from "node:vm";

let run: (() => void) | null = null;

function prepare(): () => void {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  setFlagsFromString("--no-expose-gc");
  // A weak reference keeps what it was made of, or has given out, to the end of the running job, which for a training loop
  // may be its last epoch. The end of any job will do: that of a context with a queue of its own.
  const context = createContext({}, { microtaskMode: "afterEvaluate" });
  const job = new Script("0");
  return () => {
    job.runInContext(context);
    gc();
  };
}

/** Whether there is such a thing. */
export const canCollect = true as boolean;

/** Collects all garbage; returns how many milliseconds it took. */
export function collectGarbage(): number {
  const start = performance.now();
  (run ??= prepare())();
  return performance.now() - start;
}
