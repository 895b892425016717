import { inRoot } from "./paths.mjs";
import { runShown } from "./run.mjs";
import { setUp, stepsFor } from "./setup.mjs";
import { runCommand } from "./userError.mjs";

/** `npm run fuzz -- --minutes 5 --seed 1`: builds, then tries random shapes against reference. */
export const main = (flags) =>
  runCommand(async () => {
    await setUp(stepsFor.unit, { quietIfDone: true, out: process.stderr });
    return runShown(process.execPath, [inRoot("dist", "test", "fuzz", "main.js"), ...flags]);
  });
