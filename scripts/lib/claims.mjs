import { readJson } from "./files.mjs";
import { dataFolder, lectureNames, lectureNumbered } from "./lectureFiles.mjs";
import { inRoot } from "./paths.mjs";
import { runNotebook } from "./runNotebook.mjs";
import { seconds, setUp, stepsFor } from "./setup.mjs";
import { UserError, runCommand } from "./userError.mjs";

const usage = "npm run claims [-- 03 05] [--seeds 0,1,2] [--data DIR]";

/**
 * What lectures claim about learning must not hang on luck: runs each lecture with several seeds, and says of every cell with
 * the tag "claim" whether it holds.
 */
export const main = (flags) =>
  runCommand(async () => {
    const { numbers, seeds, data } = parse(flags);
    const sources = numbers.map(lectureNumbered);
    await setUp(stepsFor.notebooks, { quietIfDone: true });
    let failures = 0;
    for (const [i, source] of sources.entries()) {
      const runs = [];
      for (const seed of seeds) runs.push(await run(source, numbers[i], { seed, data }));
      failures += report(numbers[i], seeds, runs);
    }
    if (failures > 0) throw new UserError(`${failures} of the cells fail. Their notebooks are in test-output/claims/.`);
  });

async function run(source, number, { seed, data }) {
  const began = performance.now();
  const out = inRoot("test-output", "claims", `${number}-seed-${seed}.ipynb`);
  const code = await runNotebook(source, out, { data, seed, allCells: true, quiet: true });
  if (code !== 0) throw new UserError(`The kernel did not run lecture ${number} to its end with seed ${seed}.`);
  return { time: seconds(began), cells: readJson(out).cells };
}

const failed = (cell) => (cell.outputs ?? []).some((output) => output.output_type === "error");
const isClaim = (cell) => (cell.metadata.tags ?? []).includes("claim");

/** A row for each claim, and for each other cell that fails. @returns the number of cells that fail for some seed */
function report(number, seeds, runs) {
  const ids = runs[0].cells.flatMap((cell, i) =>
    isClaim(cell) || runs.some((each) => failed(each.cells[i])) ? [{ id: cell.id, i, claim: isClaim(cell) }] : [],
  );
  const width = Math.max(20, ...ids.map(({ id }) => id.length + 11));
  const row = (name, words) => console.log(`${name.padEnd(width)} ${words.map((word) => word.padStart(9)).join("")}`);
  row(
    `\nlecture ${number}`,
    seeds.map((seed) => `seed ${seed}`),
  );
  for (const { id, i, claim } of ids)
    row(
      claim ? id : `${id} (no claim)`,
      runs.map(({ cells }) => (failed(cells[i]) ? "FAILED" : "passed")),
    );
  if (!ids.some(({ claim }) => claim)) console.log('no cell has the tag "claim"');
  row(
    "time",
    runs.map(({ time }) => time),
  );
  return ids.filter(({ i }) => runs.some((each) => failed(each.cells[i]))).length;
}

function parse(flags) {
  const options = { seeds: "0,1,2", data: process.env.RECEPTIVE_DATA, numbers: [] };
  const rest = flags.flatMap((flag) => (flag.startsWith("--") ? flag.split(/=(.*)/s, 2) : [flag]));
  while (rest.length > 0) {
    const flag = rest.shift();
    if (flag === "--seeds" || flag === "--data") options[flag.slice(2)] = rest.shift() ?? "";
    else if (/^\d+$/.test(flag)) options.numbers.push(flag);
    else throw new UserError(`claims does not know ${flag}. Usage: ${usage}`);
  }
  const seeds = options.seeds.split(",");
  if (!seeds.every((seed) => /^\d+$/.test(seed)))
    throw new UserError(`--seeds wants whole numbers, such as 0,1,2. Usage: ${usage}`);
  const numbers = options.numbers.length > 0 ? options.numbers : lectureNames().map((name) => name.split("-")[0]);
  return { seeds, numbers, data: dataFolder(options.data) };
}
