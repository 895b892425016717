import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { filesBelow, readJson } from "./files.mjs";
import { inRoot, logFile, root } from "./paths.mjs";
import { runShown } from "./run.mjs";
import { seconds } from "./setup.mjs";

const tool = (...parts) => inRoot("node_modules", ...parts);
const tests = inRoot("dist", "test");
const ownGroup = ["kernel", "notebooks", "browser", "classes"];
const minute = 60_000;

/** A result is `{passed, failed, skipped: [{title, reason}], note?}`. */
const oneCheck = (failed, note) => ({ passed: failed ? 0 : 1, failed: failed ? 1 : 0, skipped: [], note });

/**
 * Folders of unit tests that look at the clock, or at memory, which the garbage collector frees by the clock. Nothing else runs
 * beside them, nor beside the groups other than lint and unit.
 */
const timed = ["bench", "data", "display", "summary", "train"].map((name) => inRoot("dist", "test", name));

/** eslint and prettier, each of which counts as one test. */
export async function lint(slots) {
  const programs = {
    eslint: [tool("eslint", "bin", "eslint.js"), ".", "--max-warnings=0"],
    prettier: [tool("prettier", "bin", "prettier.cjs"), "--check", "."],
  };
  const ended = await Promise.all(
    Object.entries(programs).map(async ([name, args]) => {
      const code = await slots.use(() => runTogether(name, (stdio) => runShown(process.execPath, args, { stdio })));
      return code === 0 ? [] : [name];
    }),
  );
  const failures = ended.flat();
  return {
    passed: 2 - failures.length,
    failed: failures.length,
    skipped: [],
    note: failures.length > 0 ? `${failures.join(" and ")} found something` : undefined,
  };
}

/**
 * The mocha tests of one group, a process for each folder: in one process the unit tests hold gigabytes, and each look of the
 * garbage collector at them takes longer than a test. Whatever keeps tests from being counted is a failure.
 */
export async function mocha(group, slots) {
  const files = testFiles(group);
  if (files.length === 0) return oneCheck(true, "the group has no test files");
  const folders = [...new Set(files.map(dirname))];
  const isAlone = (folder) =>
    group !== "unit" || timed.some((each) => folder === each || folder.startsWith(join(each, "/")));
  const results = await Promise.all(
    [...folders.filter((folder) => !isAlone(folder)), ...folders.filter(isAlone)].map((folder) => {
      const name = relative(inRoot("dist"), folder);
      const own = files.filter((file) => dirname(file) === folder);
      if (isAlone(folder)) return slots.use(() => mochaIn(name, own, "inherit"), slots.count);
      return slots.use(() => runTogether(name, (stdio) => mochaIn(name, own, stdio)));
    }),
  );
  const total = (count) => results.reduce((sum, result) => sum + result[count], 0);
  const notes = results.map(({ note }) => note).filter(Boolean);
  return {
    passed: total("passed"),
    failed: total("failed"),
    skipped: results.flatMap(({ skipped }) => skipped),
    note: notes.length > 0 ? notes.join("; ") : undefined,
  };
}

/**
 * Runs something beside others: what it says goes to a file and is printed in one piece when it has ended.
 * @param run  is given what stands for standard output and error
 */
async function runTogether(name, run) {
  const path = logFile(`test-${name.replaceAll(/\W+/g, "-")}`);
  mkdirSync(dirname(path), { recursive: true });
  const descriptor = openSync(path, "w");
  const began = performance.now();
  try {
    return await run(descriptor);
  } finally {
    closeSync(descriptor);
    console.log(`\n-- ${name}, ${seconds(began)}\n${readFileSync(path, "utf8").trimEnd()}`);
  }
}

async function mochaIn(folder, files, stdio) {
  const counts = inRoot("dist", "logs", `counts-${folder.replaceAll(/\W+/g, "-")}.json`);
  mkdirSync(dirname(counts), { recursive: true });
  rmSync(counts, { force: true });
  const { timeout } = readJson(inRoot(".mocharc.json"));
  const args = ["--no-config", "--forbid-only", "--timeout", timeout, "--reporter-option", `counts=${counts}`];
  const reporter = ["--reporter", inRoot("scripts", "lib", "mochaReporter.cjs")];
  const ended = await runWatched(
    [tool("mocha", "bin", "mocha.js"), ...args, ...reporter, ...files],
    counts,
    20 * minute,
    stdio,
  );
  const result = resultOf(counts, ended);
  return result.note === undefined ? result : { ...result, note: `${folder}: ${result.note}` };
}

function testFiles(group) {
  const all = filesBelow(group === "unit" ? tests : inRoot("dist", "test", group));
  const elsewhere = group === "unit" ? ownGroup.map((name) => inRoot("dist", "test", name, "/")) : [];
  return all.filter((file) => file.endsWith(".test.js") && !elsewhere.some((folder) => file.startsWith(folder)));
}

function resultOf(counts, ended) {
  if (!existsSync(counts)) return oneCheck(true, `mocha ended before its report (${ended})`);
  const result = readJson(counts);
  const { passed, failed, skipped } = result;
  if (passed + failed + skipped.length === 0) return oneCheck(true, "no test ran");
  // mocha's exit code is the number of failures; anything beside that happened outside the tests.
  if (failed === 0 && ended !== 0)
    return { ...result, failed: 1, note: `mocha ended badly after its tests (${ended})` };
  return result;
}

/** Runs Node until it ends; ends it if it passes the limit, or lingers after the report because something is left open. */
function runWatched(args, report, limit, stdio) {
  const linger = 10_000;
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, ["--enable-source-maps", ...args], {
      cwd: root,
      stdio: ["ignore", stdio, stdio],
    });
    let reportedAt;
    let stopped;
    const began = Date.now();
    const watch = setInterval(() => {
      if (existsSync(report)) reportedAt ??= Date.now();
      if (Date.now() - began > limit) stopped = `stopped after ${limit / minute} minutes`;
      else if (Date.now() - reportedAt > linger) stopped = "a test left something open that keeps Node running";
      if (stopped) child.kill("SIGKILL");
    }, 500);
    child.on("error", reject).on("close", (code, signal) => {
      clearInterval(watch);
      settle(stopped ?? (signal ? `signal ${signal}` : code));
    });
  });
}
