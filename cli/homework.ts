/** `receptive homework`: hands its arguments to the Python part, which has nbgrader and Dask. */
import { spawnSync } from "node:child_process";
import { findPython } from "./python";
import { UserError } from "./userError";

/** What the Python part is called there. */
const MODULE = "receptive_grading";

/** @returns the exit code. @throws UserError if there is no Python with the grading part */
export function homework(args: readonly string[]): number {
  const python = findPython();
  const install = `Run: ${python?.executable ?? "python3"} -m pip install "receptive[grading]" (Python 3.11 or newer).`;
  if (!python) throw new UserError(`receptive homework: there is no Python on the PATH. ${install}`);
  const probe = `import importlib.util, sys; sys.exit(0 if all(map(importlib.util.find_spec, ["${MODULE}", "nbgrader", "distributed"])) else 1)`;
  if (spawnSync(python.executable, ["-c", probe]).status !== 0)
    throw new UserError(`receptive homework: ${python.executable} has no part for grading. ${install}`);
  const { status, error } = spawnSync(python.executable, ["-m", MODULE, ...args], { stdio: "inherit" });
  if (error) throw new UserError(`receptive homework: ${python.executable} does not run (${error.message}).`);
  return status ?? 1;
}
