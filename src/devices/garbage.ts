/** Node: V8's garbage collector at a moment of the engine's choosing, after which weak references tell what is gone. */
import { setFlagsFromString } from "node:v8";
import { createContext, runInNewContext, Script } from "node:vm";
import { once } from "../once";

const collector = once(() => {
  // The only way to the collector in a process that was started without --expose-gc.
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  setFlagsFromString("--no-expose-gc");
  // A weak reference keeps what it was made of, or has given out, to the end of the running job, which for a training loop
  // may be its last epoch. The end of any job will do: that of a context with a queue of its own.
  const context = createContext({}, { microtaskMode: "afterEvaluate" });
  const job = new Script("0");
  return (): void => {
    job.runInContext(context);
    gc();
  };
});

/** Whether `collectGarbage` collects all garbage before it returns. */
export const canCollect = true as boolean;

/** Collects all garbage. */
export const collectGarbage = (): void => collector()();
