import { readFileSync } from "node:fs";
import { dependencies } from "./dependencies.mjs";
import { lint, mocha } from "./groups.mjs";
import { seconds, setUp, stepsFor } from "./setup.mjs";
import { browser } from "./browser.mjs";
import { classroom } from "./classroom.mjs";
import { wheel } from "./wheel.mjs";
import { UserError, runCommand } from "./userError.mjs";

const groups = {
  lint: { steps: stepsFor.lint, run: lint },
  unit: { steps: stepsFor.unit, run: () => mocha("unit") },
  kernel: { steps: stepsFor.test, run: () => mocha("kernel") },
  notebooks: { steps: stepsFor.test, run: () => mocha("notebooks") },
  browser: { steps: stepsFor.test, run: () => mocha("browser") },
  classes: { steps: [...stepsFor.wheel, browser, wheel, classroom], run: () => mocha("classes") },
};

/**
 * `npm test [-- --only unit,kernel]`: set-up, build, lint and all tests. Its last line is `N passed, N failed, N skipped`,
 * where the build, eslint and prettier count as one test each. What can still run after a failure does.
 */
export const main = (flags) =>
  runCommand(async () => {
    const names = chosen(flags);
    const results = [await timed("build", () => build(names))];
    if (!results[0].hopeless) {
      for (const name of names) results.push(await timed(name, groups[name].run));
    }
    return report(results);
  });

function chosen(flags) {
  const [flag, list] = flags.join(" ").split(/[ =]/);
  const all = Object.keys(groups);
  if (!flag) return all;
  const names = list?.split(",") ?? [];
  if (flag !== "--only" || names.length === 0 || names.some((name) => !all.includes(name))) {
    throw new UserError(
      `npm test takes --only and names from: ${all.join(", ")}. For example: npm test -- --only unit`,
    );
  }
  return names;
}

/**
 * The steps that the chosen groups need, as one test. What a compiler finds fails it, but the tests still run; without
 * packages or a Python they cannot, and it is hopeless.
 */
async function build(names) {
  const needed = names.flatMap((name) => groups[name].steps);
  const failures = [];
  let hopeless = false;
  const onFailure = (error, step) => {
    if (!(error instanceof UserError) || step === dependencies) throw error;
    console.log(error.log ? readFileSync(error.log, "utf8") : error.message);
    failures.push(step.name);
  };
  try {
    await setUp(
      [...stepsFor.test, wheel, classroom].filter((step) => needed.includes(step)),
      { onFailure },
    );
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.log(error.message);
    failures.push("set-up");
    hopeless = true;
  }
  const failed = failures.length;
  const note = failed > 0 ? `failed: ${failures.join(", ")}` : undefined;
  return { passed: failed > 0 ? 0 : 1, failed, skipped: [], note, hopeless };
}

async function timed(name, run) {
  console.log(`\n== ${name}`);
  const began = performance.now();
  return { name, ...(await run()), time: seconds(began) };
}

/** Prints times, reasons of skipped tests and the sum; returns the exit code. */
function report(results) {
  console.log("\n== summary");
  for (const { name, time, passed, failed, skipped, note } of results) {
    const words = `${passed} passed, ${failed} failed, ${skipped.length} skipped${note ? ` (${note})` : ""}`;
    console.log(`${name.padEnd(10)} ${time.padStart(8)}  ${words}`);
  }
  for (const { name, skipped } of results) {
    for (const { title, reason } of skipped) console.log(`skipped in ${name}: ${title}: ${reason}`);
  }
  const sum = (count) => results.reduce((total, result) => total + count(result), 0);
  const failed = sum((result) => result.failed);
  const passed = sum((result) => result.passed);
  console.log(`${passed} passed, ${failed} failed, ${sum((result) => result.skipped.length)} skipped`);
  return failed === 0 ? 0 : 1;
}
