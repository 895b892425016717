import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dependencies } from "./dependencies.mjs";
import { lint, mocha } from "./groups.mjs";
import { seconds, setUp, stepsFor } from "./setup.mjs";
import { browser } from "./browser.mjs";
import { classroom } from "./classroom.mjs";
import { makeSlots } from "./slots.mjs";
import { wheel } from "./wheel.mjs";
import { UserError, runCommand } from "./userError.mjs";

/** `later`: steps that only this group waits for. */
const groups = {
  lint: { steps: stepsFor.lint, run: lint },
  unit: { steps: stepsFor.unit, run: (slots) => mocha("unit", slots) },
  kernel: { steps: stepsFor.test, run: (slots) => mocha("kernel", slots) },
  notebooks: { steps: stepsFor.test, run: (slots) => mocha("notebooks", slots) },
  browser: { steps: stepsFor.test, run: (slots) => mocha("browser", slots) },
  classes: {
    steps: [...stepsFor.wheel, browser],
    later: [wheel, classroom],
    run: (slots) => mocha("classes", slots),
  },
};

/**
 * `npm test [-- --only unit,kernel]`: set-up, build, lint and all tests. Its last line is `N passed, N failed, N skipped`,
 * where the build, eslint and prettier count as one test each. What can still run after a failure does. Lint, unit tests and
 * what classes install run two at a time; what looks at the clock runs alone.
 */
export const main = (flags) =>
  runCommand(async () => {
    const names = chosen(flags);
    const slots = makeSlots(Math.min(2, availableParallelism()));
    const began = performance.now();
    const first = { ...(await build(names, slots)), name: "build", time: seconds(began) };
    if (first.hopeless) return report([first]);
    console.log("\n== tests");
    // What groups install can go beside lint and unit tests if it comes first.
    const order = [...names].sort((a, b) => Number("later" in groups[b]) - Number("later" in groups[a]));
    const running = new Map(order.map((name) => [name, runGroup(name, slots)]));
    return report([first, ...(await Promise.all(names.map((name) => running.get(name))))]);
  });

async function runGroup(name, slots) {
  const { later, run } = groups[name];
  const own = stopwatch(slots);
  const failures = later ? await own.use(() => runSteps(later, makeSlots(1))) : [];
  const result = await run(own);
  const failed = result.failed + failures.length;
  const note = [failures.length > 0 && `failed: ${failures.join(", ")}`, result.note].filter(Boolean).join("; ");
  return { ...result, name, failed, note: note || undefined, time: own.time() };
}

/** The same slots, with the time from the first start to the last end of what used them through this. */
function stopwatch({ count, use }) {
  let [first, last] = [Infinity, -Infinity];
  return {
    count,
    use: (body, width) =>
      use(async () => {
        first = Math.min(first, performance.now());
        try {
          return await body();
        } finally {
          last = Math.max(last, performance.now());
        }
      }, width),
    time: () => `${((last > first ? last - first : 0) / 1000).toFixed(1)} s`,
  };
}

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
async function build(names, slots) {
  console.log("\n== build");
  const needed = names.flatMap((name) => groups[name].steps);
  const steps = stepsFor.test.filter((step) => needed.includes(step));
  const failures = [];
  let hopeless = false;
  try {
    // Before anything takes time: whether there is a Python for what comes later.
    for (const name of names) for (const step of groups[name].later ?? []) if (!step.isDone()) step.check?.();
    failures.push(...(await runSteps(steps, slots)));
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

/** @returns the names of the steps that have failed, whose logs are printed. @throws UserError if nothing can go on */
async function runSteps(steps, slots) {
  const failures = [];
  const onFailure = (error, step) => {
    if (!(error instanceof UserError) || step === dependencies) throw error;
    console.log(error.log ? readFileSync(error.log, "utf8") : error.message);
    failures.push(step.name);
  };
  await setUp(steps, { onFailure, slots });
  return failures;
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
