/** Compiles the text of cells, and runs it in such a way that SIGINT ends its synchronous part. */
import { Script } from "node:vm";

/**
 * The value of a text that the kernel has put `head` before and `tail` behind.
 * @param name what stack traces call the text; its lines count from one
 */
export function compile(head: string, text: string, tail: string, name: string): unknown {
  // The head is line 0, so that line 1 is the cell's.
  const script = new Script(`${head}\n${text}\n${tail}`, { filename: name, lineOffset: -1 });
  return script.runInThisContext();
}

const RUN = Symbol.for("receptive.kernel.run");
const runScript = new Script(`globalThis[Symbol.for("receptive.kernel.run")]()`, {
  filename: "receptive-run.js",
});

/** Calls a function in such a way that SIGINT ends its synchronous part. */
export function breakable<T>(body: () => T, broken: () => Error): T {
  const holder = globalThis as unknown as Record<symbol, unknown>;
  holder[RUN] = body;
  try {
    return runScript.runInThisContext({ breakOnSigint: true }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null)?.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED") throw broken();
    throw error;
  } finally {
    delete holder[RUN];
  }
}
