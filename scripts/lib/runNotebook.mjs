import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { readJson } from "./files.mjs";
import { inRoot, root, shown, venvPython } from "./paths.mjs";
import { UserError } from "./userError.mjs";

/**
 * Runs a notebook and writes it with its outputs; its progress is shown as it comes.
 * @param options.data       RECEPTIVE_DATA; default none but what the environment has
 * @param options.seed       a number in the place of that in `manualSeed(...)`
 * @param options.allCells   goes on after a cell that fails; default false
 * @param options.runSkipped runs cells with the tag skip-execution, too; default false
 * @returns the exit code of executeNotebook.py
 */
export function runNotebook(source, target, { data, seed, allCells = false, runSkipped = false, quiet = false } = {}) {
  const seeded = seed !== undefined;
  if (seeded) writeSeeded(source, target, seed);
  const script = inRoot("scripts", "lib", "executeNotebook.py");
  // A cell imports what lies beside the notebook, wherever its copy is.
  const flags = [
    "--folder",
    dirname(source),
    ...(allCells ? ["--all-cells"] : []),
    ...(runSkipped ? ["--run-skipped"] : []),
  ];
  const child = spawn(venvPython, ["-W", "ignore", script, seeded ? target : source, target, ...flags], {
    cwd: root,
    env: data ? { ...process.env, RECEPTIVE_DATA: data } : process.env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  createInterface({ input: child.stdout }).on("line", (line) => quiet || console.log(`  ${line}`));
  const stop = () => child.kill("SIGINT");
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, stop);
  return new Promise((settle, reject) =>
    child.on("error", reject).on("close", (code) => {
      for (const signal of ["SIGINT", "SIGTERM"]) process.off(signal, stop);
      settle(code ?? 1);
    }),
  );
}

const seedCall = /\bmanualSeed\(\s*\d+\s*\)/g;

/** Writes a copy whose random numbers begin elsewhere. @throws UserError unless there is one number to replace */
function writeSeeded(source, target, seed) {
  const notebook = readJson(source);
  const code = notebook.cells.filter((cell) => cell.cell_type === "code");
  const calls = code.flatMap((cell) => [...[cell.source].flat().join("").matchAll(seedCall)]).length;
  if (calls !== 1) {
    throw new UserError(
      `${shown(source)} has manualSeed(<number>) ${calls} times. A seed needs it once, in a code cell.`,
    );
  }
  for (const cell of code) cell.source = [cell.source].flat().join("").replace(seedCall, `manualSeed(${seed})`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, JSON.stringify(notebook));
}
