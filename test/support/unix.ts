/** Tests whose stubs are Unix executables. */
import type { Context } from "mocha";

/** Skips the test that is to begin, with its reason, where no such executable runs; called in `beforeEach`. */
export function needsUnix(context: Context): void {
  if (process.platform !== "win32") return;
  Object.assign(context.currentTest ?? {}, { skipReason: "the stubs are Unix executables" });
  context.skip();
}
