import { createRequire } from "node:module";
import { against } from "./against.mjs";
import { inRoot } from "./paths.mjs";
import { nodePeers, peersPython, pythonPeers } from "./peers.mjs";
import { runShown } from "./run.mjs";
import { setUp, stepsFor } from "./setup.mjs";
import { UserError, runCommand } from "./userError.mjs";

/** Builds, installs the peers that are asked for, and runs the benchmarks. Standard output is the benchmarks' alone. */
export const main = (flags) =>
  runCommand(async () => {
    const quiet = { quietIfDone: true, out: process.stderr };
    await setUp(stepsFor.unit, quiet);
    const { peers, against: commit, suites } = parse(flags);
    if (suites.includes("views")) await setUp(stepsFor.lab, quiet);
    const needed = [];
    const before = commit === null ? null : against(commit);
    if (before) needed.push(before.step);
    if (peers.some((name) => name !== "torch")) needed.push(nodePeers);
    if (peers.includes("torch")) needed.push(pythonPeers);
    await setUp(needed, quiet);
    const env = { ...process.env };
    if (peers.includes("torch")) env.BENCH_PYTHON = peersPython();
    if (before) Object.assign(env, { BENCH_AGAINST: before.folder, BENCH_AGAINST_NAME: before.name });
    return runShown(process.execPath, [inRoot("dist", "bench", "main.js"), ...flags], { env });
  });

function parse(flags) {
  const { OptionError, parseOptions } = createRequire(import.meta.url)(inRoot("dist", "bench", "options.js"));
  try {
    return parseOptions(flags);
  } catch (error) {
    throw error instanceof OptionError ? new UserError(error.message) : error;
  }
}
