/** `npm run bench` behind its set-up: runs suites and prints their rows. Results go to stdout, all else to stderr. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OptionError, parseOptions, type Options } from "./options";
import { machine, machineLine, versionLine } from "./report/machine";
import { markdown } from "./report/markdown";
import type { Row } from "./report/rows";
import { tableHead, tableRows } from "./report/table";
import { Bench } from "./runner/bench";
import { root } from "./runner/peers";
import { suites } from "./suites";
import type { SuiteName } from "./suites/names";

const print = (words: string): void => void process.stdout.write(`${words}\n`);

async function main(options: Options): Promise<number> {
  const bench = new Bench(options);
  const rows: Row[] = [];
  const here = machine();
  if (options.format === "table") print(machineLine(here));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop(bench));
  try {
    for (const name of options.suites) rows.push(...(await runSuite(bench, name)));
  } finally {
    await bench.close();
  }
  const versions = bench.pool.versions;
  if (options.format === "markdown") {
    for (const name of options.suites)
      print(
        `${markdown(
          suites[name].title,
          rows.filter(({ suite }) => suite === name),
        )}\n`,
      );
    print(`${machineLine(here)}; ${versionLine(versions)}.`);
  } else if (options.format === "table") print(`\n${versionLine(versions)}`);
  if (options.save) save({ ...here, versions: Object.fromEntries(versions), quick: options.quick, rows });
  for (const failure of bench.failures) console.error(`failed: ${failure}`);
  return bench.failures.length > 0 ? 1 : 0;
}

async function runSuite(bench: Bench, name: SuiteName): Promise<Row[]> {
  const suite = suites[name];
  const { format } = bench.options;
  if (format === "table") print(`\n${name}: ${suite.title}\n\n${tableHead()}`);
  else console.error(`${name}: ${suite.title}`);
  const rows: Row[] = [];
  for await (const some of suite.run(bench)) {
    rows.push(...some);
    if (format === "table") print(tableRows(some));
    else if (format === "json") for (const row of some) print(JSON.stringify(row));
  }
  // The next suite begins with fresh processes.
  await bench.pool.close();
  return rows;
}

/** Keeps a run: bench/results/2026-11-21T15-40.json. */
function save(run: { date: string } & Record<string, unknown>): void {
  const folder = join(root, "bench", "results");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${run.date.replace(" ", "T").replace(":", "-")}.json`);
  writeFileSync(path, `${JSON.stringify(run, null, 1)}\n`);
  console.error(`kept in ${path}`);
}

async function stop(bench: Bench): Promise<void> {
  await bench.close();
  process.exit(130);
}

try {
  void main(parseOptions(process.argv.slice(2))).then((code) => (process.exitCode = code));
} catch (error) {
  if (!(error instanceof OptionError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
