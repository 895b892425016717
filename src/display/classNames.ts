/** Names of the classes of data. */
import { wrongKind } from "../arguments";
import { DataError } from "../errors";

/** The names that data carries, or the data set behind a loader or a part of it; undefined if there are none. */
export function classesIn(data: unknown): readonly string[] | undefined {
  let owner: unknown = data;
  // A part of a part of a data set, in a loader; and no more, should they know each other.
  for (let depth = 0; depth < 8 && typeof owner === "object" && owner !== null; depth++) {
    const { classes, dataset } = owner as { classes?: unknown; dataset?: unknown };
    if (areNames(classes)) return classes;
    owner = dataset;
  }
  return undefined;
}

/** Names for so many classes. @throws DataError unless there is one a class */
export function namesFor(caller: string, count: number, given: readonly string[] | undefined): string[] {
  if (given === undefined) return Array.from({ length: count }, (_, i) => `${i}`);
  if (given.length !== count)
    throw new DataError(`${caller}: ${given.length} names for ${count} classes. Give one a class.`);
  return [...given];
}

/** @throws TypeError unless they are words; undefined is none */
export function checkClasses(caller: string, classes: unknown): asserts classes is readonly string[] | undefined {
  if (classes !== undefined && !areNames(classes))
    throw wrongKind(caller, "classes", "an array of words", classes, "Write { classes: data.classes }.");
}

const areNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");
