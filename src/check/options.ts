import { checkFunction, checkText, show } from "../arguments";
import { checkOptions, type OptionNames } from "../options";

export interface CheckOptions {
  /** What passing is worth; default 0. */
  points?: number;
  /**
   * Whether parts that pass earn points although others fail; default false. The check then gives the points that were earned, which
   * nbgrader reads as the value of the cell, and does not throw when a part fails.
   */
  partial?: boolean;
  /** What the report calls it besides its id. */
  title?: string;
  /** Where random numbers begin while the function runs; afterwards they go on as if there had been no check. Default 0. */
  seed?: number;
}
const optionNames: OptionNames<CheckOptions> = { points: true, partial: true, title: true, seed: true };

export interface PartOptions {
  /** What passing is worth; default an equal share of what the other parts leave. */
  points?: number;
}
const partOptionNames: OptionNames<PartOptions> = { points: true };

/** @throws TypeError or RangeError if one is not what it should be */
export function readCheck(id: string, options: CheckOptions, body: unknown): Required<CheckOptions> {
  checkText("check", "id", id, 'Write check("q1", () => { ... }).');
  const { points = 0, partial = false, title = "", seed = 0 } = checkOptions("check", options, optionNames);
  checkFunction("check", "the function", body, `Write check("${id}", { points: 2 }, () => { ... }).`);
  checkText("check", "title", title, "Write a few words.");
  checkPoints("check", points);
  if (!Number.isInteger(seed)) throw new RangeError(`check: seed must be a whole number, got ${show(seed)}. Write 0.`);
  if (typeof partial !== "boolean")
    throw new TypeError(`check: partial must be true or false, got ${show(partial)}. Write true.`);
  if (partial && points === 0)
    throw new RangeError(
      `check: partial credit is a part of the points, and there are none. Write { points: 2, partial: true }.`,
    );
  return { points, partial, title, seed };
}

/** @throws TypeError or RangeError if one is not what it should be */
export function readPart(name: string, options: PartOptions, body: unknown): number | undefined {
  checkText("part", "name", name, 'Write part("shape", () => { ... }).');
  const { points } = checkOptions("part", options, partOptionNames);
  checkFunction("part", "the function", body, `Write part("${name}", () => { ... }).`);
  if (points !== undefined) checkPoints("part", points);
  return points;
}

function checkPoints(caller: string, points: number): void {
  if (!(Number.isFinite(points) && points >= 0))
    throw new RangeError(`${caller}: points must be a number >= 0, got ${show(points)}. Write { points: 2 }.`);
}
