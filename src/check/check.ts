/** A function of assertions that is worth points, with a report that a student can act upon. */
import { getRngState, manualSeed, setRngState } from "../tensor/random";
import { asserting, currentAssertions, waited, type Assertions } from "./asserting";
import { comparedBy } from "./expect";
import { CheckFailed, failureLines, framesAbove, isStop } from "./failure";
import { Given, type Inputs } from "./given";
import { showDifference } from "./heatMap";
import { changedInPlace } from "./hints";
import { readMistake } from "./mistake";
import { notebook } from "../notebook";
import { network } from "./network";
import type { Numbers } from "./numbers";
import { outdatedWarning } from "./outdated";
import { readCheck, readPart, type CheckOptions, type PartOptions } from "./options";
import { pointsText, publish, Report } from "./report";
import { roundPoints, worthOf, type Part, type Result } from "./result";
import { keepResult, summary } from "./summary";

/** What the function of a check gets. */
export interface CheckTools {
  /**
   * The inputs of what is tested, by name, given back as they are. Hints are found from them (`x`, `w`, `bias`, `stride`,
   * `padding`, `kernelSize`); tensors and arrays must be unchanged at the end.
   */
  given<T extends Inputs>(inputs: T): T;
  /**
   * Numbers that a likely mistake would give: an answer that is compared afterwards and has them gets these words as the likely cause.
   * @example
   * await check("size", async ({ mistake }) => {
   *   mistake("The padding is counted once: it lies on both sides.", 32 + 2 - 5 + 1);
   *   await expect(outputSize(32, 5, { padding: 2 }).size).to.be.closeToTensor(32);
   * });
   */
  mistake(words: string, numbers: Numbers): void;
  /** A part of the check, which may fail alone. Write await before it. */
  part(name: string, body: CheckBody): Promise<void>;
  part(name: string, options: PartOptions, body: CheckBody): Promise<void>;
}

/** Assertions, such as `expect` makes; what it throws fails the check. */
export type CheckBody = (tools: CheckTools) => unknown;

/** A check while it runs. */
class Run {
  readonly parts: Part[] = [];
  readonly notes: string[] = [];
  readonly compared: Assertions["compared"] = [];
  /** What it failed with, outside of its parts. */
  failure: { error: unknown } | null = null;
  /** The first error of all. */
  first: unknown = null;

  readonly tools: CheckTools = {
    given: (inputs) => {
      currentAssertions()?.given.push(new Given(inputs));
      return inputs;
    },
    mistake: (words, numbers) => void currentAssertions()?.mistakes.push(readMistake(words, numbers)),
    part: (name: string, second: PartOptions | CheckBody, third?: CheckBody) => {
      const [options, body] = typeof second === "function" ? [{}, second] : [second, third];
      const points = readPart(name, options, body);
      return waited(`part ${name}`, async () => {
        const part: Part = { name, passed: false, points, failure: [] };
        this.parts.push(part);
        const failed = await this.attempt(body!);
        if (failed) part.failure = failureLines(failed.error);
        else part.passed = true;
      });
    },
  };

  /** @returns what the function has failed with; null if it has passed. @throws what Stop throws */
  async attempt(body: CheckBody): Promise<{ error: unknown } | null> {
    try {
      await asserting(async (assertions) => {
        const { compared, notes } = assertions;
        try {
          await body(this.tools);
        } finally {
          this.compared.push(...compared);
          this.notes.push(...notes);
        }
        for (const given of assertions.given) {
          const changed = await given.changed();
          if (changed !== null) throw new Error(changedInPlace(changed));
        }
      });
      return null;
    } catch (error) {
      if (isStop(error)) throw error;
      this.first ??= error;
      return { error };
    }
  }
}

/**
 * Runs a function of assertions and shows one report: passed or failed, what was got and what was expected, the tolerance, the
 * worst element, a likely cause if the numbers show one, the points, the time. A check that fails throws after its report;
 * with `partial` it gives the points of the parts that passed instead. Write await before it: without, the cell fails. Options:
 * `points` (default 0), `partial` (false), `title`, and `seed` of the random numbers in the function (0).
 * @param id   names the check in `check.summary()`; one that runs again replaces its former result
 * @param body gets `{ given, mistake, part }`, see the example
 * @throws CheckFailed if the function throws, an assertion fails or has no await, or a given input has changed
 * @example
 * await check("q1", { points: 2, title: "ReLU" }, async ({ given, mistake }) => {
 *   const { x } = given({ x: randn([2, 3]) });
 *   mistake("Negative numbers become positive: ReLU makes them zero.", x.abs());
 *   await expect(F.relu(x)).to.be.closeToTensor(x.clamp(0, Infinity));
 * });
 * await check("q2", { points: 3, partial: true }, async ({ part }) => {
 *   await part("shape", { points: 1 }, () => expect(zeros([2, 3]).flatten()).to.haveShape([6]));
 *   await part("numbers", { points: 2 }, () => expect(ones([2]).sum()).to.be.closeToTensor(2));
 * });
 */
export function check(id: string, body: CheckBody): Promise<void>;
/**
 * Runs a function of parts and shows one report; gives the points of the parts that passed, which nbgrader reads as the value of the
 * cell. Write await before it.
 * @throws CheckFailed if the function throws outside of its parts, or has none
 */
export function check(id: string, options: CheckOptions & { partial: true }, body: CheckBody): Promise<number>;
/**
 * Runs a function of assertions and shows one report; throws after it if one fails. Write await before it.
 * @throws CheckFailed if the function throws, an assertion fails or has no await, or a given input has changed
 */
export function check(id: string, options: CheckOptions, body: CheckBody): Promise<void>;
export function check(id: string, second: CheckOptions | CheckBody, third?: CheckBody): Promise<number | void> {
  const [given, body] = typeof second === "function" ? [{}, second] : [second, third];
  const options = readCheck(id, given, body);
  const stack = notebook() ? "" : framesAbove(check);
  return waited(`check ${id}`, async () => {
    const { result, first } = await resultOf(id, options, body!);
    keepResult(result);
    publish(new Report(result));
    const compared = comparedBy(first);
    if (compared) showDifference(compared);
    const hasParts = result.parts.length > 0 && result.failure.length === 0;
    if (options.partial && hasParts) return result.points;
    if (!result.passed) throw new CheckFailed(`${id}: failed, 0 of ${pointsText(result.of)}.`, stack, first);
    return undefined;
  });
}

check.network = network;
check.summary = summary;

async function resultOf(
  id: string,
  options: Required<CheckOptions>,
  body: CheckBody,
): Promise<{ result: Result; first: unknown }> {
  const { points: of, partial, title, seed } = options;
  const start = performance.now();
  const state = getRngState();
  const run = new Run();
  manualSeed(seed);
  try {
    run.failure = await run.attempt(body);
  } finally {
    setRngState(state);
  }
  if (!run.failure) run.failure = wrongParts(id, run.parts, of, partial);
  const failure = run.failure ? failureLines(run.failure.error) : [];
  const passed = failure.length === 0 && run.parts.every((part) => part.passed);
  const earned = (): number => {
    if (passed) return of;
    if (!partial || failure.length > 0) return 0;
    const worth = worthOf(id, run.parts, of);
    return roundPoints(run.parts.reduce((sum, part, i) => sum + (part.passed ? worth[i] : 0), 0));
  };
  const { parts, notes, compared } = run;
  const milliseconds = performance.now() - start;
  const warnings = outdatedWarning(body);
  const result = {
    id,
    title,
    passed,
    warnings,
    points: earned(),
    of,
    parts,
    failure,
    notes,
    compared,
    seed,
    milliseconds,
  };
  return { result, first: run.first ?? run.failure?.error };
}

/** What is wrong with how a check is divided; null if nothing is. */
function wrongParts(id: string, parts: readonly Part[], points: number, partial: boolean): { error: unknown } | null {
  if (parts.length === 0)
    return partial
      ? { error: new RangeError(`check ${id}: partial credit needs parts. Write await part("shape", () => { ... }).`) }
      : null;
  try {
    worthOf(id, parts, points);
    return null;
  } catch (error) {
    return { error };
  }
}
