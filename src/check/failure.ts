/** What a check or a part of it has failed with, in lines. */
import { show } from "../arguments";

/** chai's errors carry these. */
interface Assertion {
  showDiff?: unknown;
  actual?: unknown;
  expected?: unknown;
}

export const isAssertion = (error: unknown): boolean => error instanceof Error && error.name === "AssertionError";

/** A Stop is no failure. */
export const isStop = (error: unknown): boolean => error instanceof Error && error.name === "Interrupted";

/** Lines for the report. */
export function failureLines(error: unknown): string[] {
  if (!(error instanceof Error)) return [`thrown: ${show(error)}`];
  if (!isAssertion(error)) return [...`${error.name}: ${error.message}`.split("\n"), ...placeIn(error)];
  const { showDiff, actual, expected } = error as Assertion;
  const [wanted, got] = [show(expected), show(actual)];
  // "expected 6 to equal 7" says both.
  const isSaid = [wanted, got].every((text) => error.message.includes(text));
  const pair = showDiff === true && !isSaid ? [`  expected ${wanted}`, `  got ${got}`] : [];
  return [...error.message.split("\n"), ...pair];
}

/** The innermost place in a cell of a notebook: the line of the answer that has thrown. */
function placeIn(error: Error): string[] {
  if (isUnanswered(error)) return [];
  const frame = /^ *(at .*\bcell\[\d+\*?\]\.ts:\d+:\d+\)?)$/m.exec(error.stack ?? "");
  return frame ? [`  ${frame[1]}`] : [];
}

/** What a failed check throws after its report, which has said the rest. */
export class CheckFailed extends Error {
  override name = "CheckFailed";

  /**
   * @param stack of the call of `check`; empty in a notebook, where the report stands below the call
   * @param cause what else than an assertion the tested code has thrown: its lines are of use
   */
  constructor(message: string, stack: string, cause?: unknown) {
    super(message, cause === undefined || isAssertion(cause) || isUnanswered(cause) ? {} : { cause });
    this.stack = `CheckFailed: ${message}\n${stack}`;
  }
}

/** What nbgrader writes into the place of a solution throws this (notebooks/homework/nbgrader_config.py). */
const isUnanswered = (error: unknown): boolean => error instanceof Error && error.message === "No answer given.";

/** The frames of whoever calls the function that calls this, without those of `above`. */
export function framesAbove(above: (...given: never[]) => unknown): string {
  const at: { stack?: string } = {};
  if ("captureStackTrace" in Error) Error.captureStackTrace(at, above);
  return (at.stack ?? String(new Error().stack)).replace(/^(?!\s+at ).*\n/, "");
}
