import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, relative } from "node:path";
import { filesBelow, readJson } from "./files.mjs";
import { inRoot, root } from "./paths.mjs";
import { runShown } from "./run.mjs";

const tool = (...parts) => inRoot("node_modules", ...parts);
const tests = inRoot("dist", "test");
const ownGroup = ["kernel", "notebooks", "browser", "classes"];
const minute = 60_000;

/** A result is `{passed, failed, skipped: [{title, reason}], note?}`. */
const oneCheck = (failed, note) => ({ passed: failed ? 0 : 1, failed: failed ? 1 : 0, skipped: [], note });

/** eslint and prettier, each of which counts as one test. */
export async function lint() {
  const failures = [];
  const node = (...args) => runShown(process.execPath, args);
  if ((await node(tool("eslint", "bin", "eslint.js"), ".", "--max-warnings=0")) !== 0) failures.push("eslint");
  if ((await node(tool("prettier", "bin", "prettier.cjs"), "--check", ".")) !== 0) failures.push("prettier");
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
export async function mocha(group) {
  const files = testFiles(group);
  if (files.length === 0) return oneCheck(true, "the group has no test files");
  const results = [];
  for (const folder of new Set(files.map(dirname)))
    results.push(
      await mochaIn(
        relative(inRoot("dist"), folder),
        files.filter((file) => dirname(file) === folder),
      ),
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

async function mochaIn(folder, files) {
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
function runWatched(args, report, limit) {
  const linger = 10_000;
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, ["--enable-source-maps", ...args], {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
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
