import { spawn } from "node:child_process";
import { copyFileSync, existsSync, readdirSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { createInterface } from "node:readline";
import { inRoot, root, shown, venvPython } from "./paths.mjs";
import { readJson } from "./files.mjs";
import { seconds, setUp, stepsFor } from "./setup.mjs";
import { UserError, runCommand } from "./userError.mjs";

const usage = "npm run lecture -- 01 [--data DIR] [--out FILE | --in-place]";
const lectures = inRoot("notebooks", "lectures");

/** Runs a lecture's notebook from top to bottom without a browser and says how it went. */
export const main = (flags) =>
  runCommand(async () => {
    const { number, data, out, inPlace } = parse(flags);
    const source = find(number);
    await setUp(stepsFor.notebooks, { quietIfDone: true });

    const executed = resolve(out ?? inRoot("test-output", basename(source)));
    console.log(`Running ${shown(source)} with ${data ? `the data in ${data}` : "no data sets (--data DIR)"}`);
    const began = performance.now();
    const code = await execute(source, executed, data);
    const failed = summarise(executed, { time: seconds(began), data });
    if (code === 0 && inPlace) copyFileSync(executed, source);
    console.log(`outputs    ${shown(code === 0 && inPlace ? source : executed)}`);
    if (failed) throw new UserError(failed);
    if (code !== 0) throw new UserError(`The kernel did not run ${shown(source)} to its end (see above).`);
  });

function parse(flags) {
  const options = { data: process.env.RECEPTIVE_DATA, inPlace: false };
  const rest = flags.flatMap((flag) => (flag.startsWith("--") ? flag.split(/=(.*)/s, 2) : [flag]));
  while (rest.length > 0) {
    const flag = rest.shift();
    if (flag === "--in-place") options.inPlace = true;
    else if (flag === "--data" || flag === "--out")
      options[flag.slice(2)] = rest.shift() ?? wrong(`${flag} wants a path`);
    else if (flag.startsWith("-") || options.number) wrong(`lecture does not know ${flag}`);
    else options.number = flag;
  }
  if (!options.number) wrong("Which lecture?");
  if (options.data) {
    options.data = resolve(options.data);
    if (!statSync(options.data, { throwIfNoEntry: false })?.isDirectory()) {
      throw new UserError(`The data folder ${options.data} does not exist. Give the folder that holds the data sets.`);
    }
  }
  return options;
}

function wrong(what) {
  throw new UserError(`${what} Usage: ${usage}`.replace(/([^.?]) Usage/, "$1. Usage"));
}

function find(number) {
  const all = existsSync(lectures) ? readdirSync(lectures).filter((name) => /^\d+-.*\.ipynb$/.test(name)) : [];
  const name = all.find((each) => Number.parseInt(each, 10) === Number(number));
  if (name) return resolve(lectures, name);
  const known = all.map((each) => each.split("-")[0]).sort();
  throw new UserError(`There is no lecture ${number}. Lectures: ${known.join(", ") || "none yet"}.`);
}

/** Runs the notebook; its progress is shown as it comes. Resolves to the exit code of executeNotebook.py. */
function execute(source, target, data) {
  const script = inRoot("scripts", "lib", "executeNotebook.py");
  const child = spawn(venvPython, ["-W", "ignore", script, source, target], {
    cwd: root,
    env: data ? { ...process.env, RECEPTIVE_DATA: data } : process.env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  createInterface({ input: child.stdout }).on("line", (line) => console.log(`  ${line}`));
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill("SIGINT"));
  return new Promise((settle, reject) => child.on("error", reject).on("close", (code) => settle(code ?? 1)));
}

const lastLinesShown = 12;

/** Prints what the executed notebook holds; returns the words for the failed cell, if there is one. */
function summarise(path, { time, data }) {
  const cells = readJson(path).cells.filter((cell) => cell.cell_type === "code");
  const errors = cells.flatMap((cell, index) =>
    cell.outputs.filter((output) => output.output_type === "error").map((output) => ({ cell: index + 1, output })),
  );
  const lines = cells.flatMap((cell) => cell.outputs.flatMap(linesOf));
  const saidData = lines.filter((line) => /^data(sets?)?:/i.test(line));

  console.log(`cells      ${cells.filter((cell) => cell.execution_count !== null).length} of ${cells.length} run`);
  console.log(`errors     ${errors.length}`);
  console.log(`wall time  ${time}`);
  console.log(`data       ${[data ?? "none given", ...saidData].join("; ")}`);
  if (lines.length > 0) console.log("last lines printed:");
  for (const line of lines.slice(-lastLinesShown)) console.log(`  ${line}`);

  const [first] = errors;
  return first && `Cell [${first.cell}] of ${shown(path)} failed: ${first.output.ename}: ${first.output.evalue}`;
}

/** What a reader sees of an output as text: prints, and values without a picture. */
function linesOf({ output_type: type, name, text, data }) {
  const shownText = type === "stream" && name === "stdout" ? text : type === "execute_result" && data?.["text/plain"];
  return (shownText ? [shownText].flat().join("") : "").split("\n").filter((line) => line.trim());
}
