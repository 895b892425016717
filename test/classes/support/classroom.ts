/** The environment that scripts/lib/classroom.mjs has made from our wheel: what the machines of a class have. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "mocha";
import { ROOT } from "../../support/jupyterServer";

const ENVIRONMENT = join(ROOT, "dist/class");
export const BIN = join(ENVIRONMENT, "bin");

/** Skips the running suite, with the reason, where the environment could not be made for want of a network. */
export function needsClassroom(context: Context): void {
  const unavailable = join(ENVIRONMENT, "unavailable.txt");
  if (existsSync(unavailable)) {
    const skipReason = readFileSync(unavailable, "utf8");
    Object.assign(context.currentTest ?? context.test ?? {}, { skipReason });
    context.skip();
  }
  if (!existsSync(join(ENVIRONMENT, "wheel"))) {
    throw new Error(`classroom: ${ENVIRONMENT} is not complete. Run npm test -- --only classes.`);
  }
}
