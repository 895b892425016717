import { cpSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { browser } from "./browser.mjs";
import { classroom } from "./classroom.mjs";
import { dataFolder } from "./lectureFiles.mjs";
import { readJson } from "./files.mjs";
import { homeworkNames, homeworkNotebook, homeworkNumbered } from "./homeworkFiles.mjs";
import { resetCopy } from "./notebookCopies.mjs";
import { summarise } from "./notebookSummary.mjs";
import { inRoot, shown } from "./paths.mjs";
import { releaseHomework } from "./releaseHomework.mjs";
import { runNotebook } from "./runNotebook.mjs";
import { seconds, setUp, stepsFor } from "./setup.mjs";
import { UserError, runCommand } from "./userError.mjs";
import { wheel } from "./wheel.mjs";

const usage =
  "npm run homework -- 2 [--student] [--data DIR], with --html or --pdf [--out FILE], with --reset, or --release with any numbers";

/**
 * Runs a homework's solution from top to bottom without a browser and says how it went, or its student version; or exports
 * it, resets a copy, or writes student versions anew.
 */
export const main = (flags) =>
  runCommand(async () => {
    const { numbers, mode, data, out } = parse(flags);
    if (mode === "release") return release(numbers.map(homeworkNumbered));
    const [number, ...more] = numbers;
    if (number === undefined || more.length > 0) wrong("Which homework?");
    const name = homeworkNumbered(number);
    if (mode === "reset") return resetCopy(`homework/${name}/${name}.ipynb`);
    if (mode === "html" || mode === "pdf") {
      const { exportLecture } = await import("./exportLecture.mjs");
      return exportLecture(homeworkNotebook("release", name), mode, out);
    }
    return run(name, mode === "student" ? "release" : "source", data);
  });

/** In a copy of its folder: what the cells write beside the notebook stays out of the course. */
async function run(name, version, data) {
  await setUp(stepsFor.notebooks, { quietIfDone: true });
  const source = homeworkNotebook(version, name);
  const folder = inRoot("test-output", "homework", version, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  cpSync(dirname(source), folder, { recursive: true });
  const executed = join(folder, `${name}.ipynb`);
  const isStudent = version === "release";
  console.log(`Running ${shown(source)}`);
  const began = performance.now();
  const code = await runNotebook(executed, executed, { data, allCells: isStudent, runSkipped: !isStudent });
  const failed = summarise(executed, { time: seconds(began), data });
  const points = pointsIn(executed);
  console.log(`points     ${points.earned} of ${points.all}, without what is graded by hand`);
  console.log(`outputs    ${shown(executed)}`);
  if (failed && !isStudent) throw new UserError(failed);
  if (code !== 0) throw new UserError(`The kernel did not run ${shown(source)} to its end (see above).`);
}

/** Of the test cells: all of a cell that did not fail, or the number that partial credit gives. */
function pointsIn(path) {
  const tests = readJson(path).cells.filter(
    ({ cell_type: type, metadata: { nbgrader } }) => type === "code" && nbgrader?.grade && !nbgrader.solution,
  );
  const all = tests.reduce((sum, { metadata }) => sum + metadata.nbgrader.points, 0);
  const earned = tests.reduce((sum, cell) => {
    if (cell.outputs.some(({ output_type: type }) => type === "error")) return sum;
    const value = cell.outputs.find(({ output_type: type }) => type === "execute_result");
    const number = Number([value?.data?.["text/plain"] ?? ""].flat().join("") || NaN);
    return sum + (Number.isNaN(number) ? cell.metadata.nbgrader.points : number);
  }, 0);
  return { earned, all };
}

async function release(names) {
  await setUp([...stepsFor.wheel, browser, wheel, classroom], { quietIfDone: true });
  for (const name of names.length > 0 ? names : homeworkNames("source"))
    console.log(`released   ${shown(await releaseHomework(name))}`);
}

const modes = ["student", "release", "reset", "html", "pdf"];

function parse(flags) {
  const options = { data: process.env.RECEPTIVE_DATA, numbers: [] };
  const rest = flags.flatMap((flag) => (flag.startsWith("--") ? flag.split(/=(.*)/s, 2) : [flag]));
  while (rest.length > 0) {
    const flag = rest.shift();
    const mode = modes.find((each) => flag === `--${each}`);
    if (mode) options.mode = options.mode ? wrong(`--${options.mode} and --${mode} exclude each other.`) : mode;
    else if (flag === "--data" || flag === "--out")
      options[flag.slice(2)] = rest.shift() ?? wrong(`${flag} wants a path.`);
    else if (flag.startsWith("-")) wrong(`homework does not know ${flag}.`);
    else options.numbers.push(flag);
  }
  return { ...options, data: dataFolder(options.data) };
}

function wrong(what) {
  throw new UserError(`${what} Usage: ${usage}`);
}
