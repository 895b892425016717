import { inRoot } from "./paths.mjs";
import { runShown } from "./run.mjs";
import { setUp, stepsFor } from "./setup.mjs";
import { runCommand } from "./userError.mjs";

/**
 * `npm run fuzz -- --minutes 5 --seed 1`: builds, then tries random shapes against reference.
 * `npm run fuzz:torch -- --cases 5000 --seed 1`: random cases that PyTorch judges (`npm run judges` installs it).
 */
export const main = (flags) =>
  runCommand(async () => {
    await setUp(stepsFor.unit, { quietIfDone: true, out: process.stderr });
    const program = flags.includes("--torch") ? ["golden", "fuzz"] : ["fuzz"];
    const others = flags.filter((flag) => flag !== "--torch");
    return runShown(process.execPath, [inRoot("dist", "test", ...program, "main.js"), ...others]);
  });
