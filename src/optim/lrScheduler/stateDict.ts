/** A scheduler's fields as a state dict: as in PyTorch all of them, but the optimizer and functions. */
import { DataError } from "../../errors";
import { camel, snake } from "../words";

/** What `scheduler.stateDict()` gives: numbers, words and lists, by PyTorch's names. */
export type SchedulerState = Record<string, unknown>;

const fieldsOf = (scheduler: object): [string, unknown][] =>
  Object.entries(scheduler).filter(([name]) => name !== "optimizer");

const isFunction = (value: unknown): boolean => typeof value === "function";

/** Lists and counts as copies; null in place of functions, which no file can hold. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => (isFunction(each) ? null : each));
  return typeof value === "object" && value !== null ? { ...value } : value;
}

export const stateOf = (scheduler: object): SchedulerState =>
  Object.fromEntries(fieldsOf(scheduler).map(([name, value]) => [snake(name), copied(value)]));

/** @throws DataError if the state lacks a field, or has one of another kind */
export function loadState(scheduler: object, state: SchedulerState): void {
  const caller = `${scheduler.constructor.name}.loadStateDict`;
  const given = Object.fromEntries(Object.entries(state ?? {}).map(([name, value]) => [camel(name), value]));
  const fields = fieldsOf(scheduler).filter(([, value]) => !(Array.isArray(value) && value.some(isFunction)));
  for (const [name, own] of fields) {
    const value = given[name];
    if (typeof value !== typeof own || Array.isArray(value) !== Array.isArray(own))
      throw new DataError(
        `${caller}: ${snake(name)} must be such as ${JSON.stringify(own)}, got ${JSON.stringify(value)}. ` +
          `Is it the state of a ${scheduler.constructor.name}?`,
      );
  }
  const groups = (scheduler as { optimizer: { paramGroups: unknown[] } }).optimizer.paramGroups.length;
  for (const name of ["baseLrs", "minLrs"] as const) {
    const list = given[name];
    if (fields.some(([field]) => field === name) && (list as unknown[]).length !== groups)
      throw new DataError(
        `${caller}: ${snake(name)} has ${(list as unknown[]).length} entries, the optimizer ${groups} groups. ` +
          `Is it the state of the same optimizer?`,
      );
  }
  Object.assign(scheduler, Object.fromEntries(fields.map(([name]) => [name, copied(given[name])])));
}
