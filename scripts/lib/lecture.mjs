import { copyFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { resetCopy } from "./notebookCopies.mjs";
import { dataFolder, lectureNumbered, notebookNamed } from "./lectureFiles.mjs";
import { summarise } from "./notebookSummary.mjs";
import { inRoot, shown } from "./paths.mjs";
import { runNotebook } from "./runNotebook.mjs";
import { seconds, setUp, stepsFor } from "./setup.mjs";
import { UserError, runCommand } from "./userError.mjs";

const usage =
  "npm run lecture -- 01|NOTEBOOK.ipynb [--data DIR] [--seed N] [--out FILE | --in-place], with --html, --slides or --pdf [--out FILE], or with --reset";

/** Runs a lecture's notebook from top to bottom without a browser and says how it went; or exports it, or resets a copy. */
export const main = (flags) =>
  runCommand(async () => {
    const { number, exported, reset, ...options } = parse(flags);
    if (reset) return resetCopy(basename(lectureNumbered(number)));
    const source = notebookNamed(number);
    if (!exported) return run(source, options);
    const { exportLecture } = await import("./exportLecture.mjs");
    return exportLecture(source, exported, options.out);
  });

async function run(source, { data, seed, out, inPlace }) {
  await setUp(stepsFor.notebooks, { quietIfDone: true });
  const executed = resolve(out ?? inRoot("test-output", basename(source)));
  console.log(`Running ${shown(source)} with ${data ? `the data in ${data}` : "no data sets (--data DIR)"}`);
  const began = performance.now();
  const code = await runNotebook(source, executed, { data, seed });
  const failed = summarise(executed, { time: seconds(began), data });
  if (code === 0 && inPlace) copyFileSync(executed, source);
  console.log(`outputs    ${shown(code === 0 && inPlace ? source : executed)}`);
  if (failed) throw new UserError(failed);
  if (code !== 0) throw new UserError(`The kernel did not run ${shown(source)} to its end (see above).`);
}

const withValue = { "--data": "a path", "--out": "a path", "--seed": "a whole number" };
const alone = {
  "--in-place": { inPlace: true },
  "--html": { exported: "html" },
  "--slides": { exported: "slides" },
  "--pdf": { exported: "pdf" },
  "--reset": { reset: true },
};

function parse(flags) {
  const options = { data: process.env.RECEPTIVE_DATA };
  const rest = flags.flatMap((flag) => (flag.startsWith("--") ? flag.split(/=(.*)/s, 2) : [flag]));
  while (rest.length > 0) {
    const flag = rest.shift();
    if (flag in alone) Object.assign(options, alone[flag]);
    else if (flag in withValue) options[flag.slice(2)] = rest.shift() ?? wrong(`${flag} wants ${withValue[flag]}`);
    else if (flag.startsWith("-") || options.number) wrong(`lecture does not know ${flag}`);
    else options.number = flag;
  }
  if (!options.number) wrong("Which lecture?");
  if (options.seed !== undefined && !/^\d+$/.test(options.seed)) wrong(`--seed wants ${withValue["--seed"]}`);
  if (options.seed !== undefined && options.inPlace)
    throw new UserError("A lecture is stored with its own seed: --seed goes without --in-place. Use --out FILE.");
  if (options.exported && (options.seed !== undefined || options.inPlace))
    wrong(`--${options.exported} takes the stored outputs; of the other options it has --out`);
  return { ...options, data: dataFolder(options.data) };
}

function wrong(what) {
  throw new UserError(`${what} Usage: ${usage}`.replace(/([^.?]) Usage/, "$1. Usage"));
}
