/**
 * The one check of options objects. Plain JavaScript, a page and a cell whose types were not checked may pass anything, and
 * people who know Python pass options by position or in snake_case; silence would train another network than they wrote.
 */
import { isTensor, show, nextStep } from "./arguments";
import { absentOptions } from "./absentOptions";

/** The names of a function's options, in the order in which PyTorch takes them; one that is missing does not compile. */
export type OptionNames<O extends object> = Readonly<Record<keyof Required<O>, true>>;

/**
 * The options as they were given, once it is known that each exists.
 * @param caller what the user called, for the error
 * @param given  what came in place of the options
 * @param known  all options there are
 * @param all    all arguments of the call, `arguments`, and the place of the options among them: there should be none behind
 * @throws TypeError if it is no object, or names an option that does not exist
 */
export function checkOptions<O extends object>(
  caller: string,
  given: O,
  known: OptionNames<O>,
  all?: ArrayLike<unknown>,
  place = 0,
): O {
  if (!isOptions(given))
    throw new TypeError(notAnObject(caller, all ? Array.from(all).slice(place) : [given], Object.keys(known)));
  for (const name in given)
    if ((known as Readonly<Record<string, true>>)[name] !== true)
      throw new TypeError(noSuchOption(caller, name, Object.keys(known)));
  if (all !== undefined && all.length > place + 1)
    throw new TypeError(tooMany(caller, all[place + 1], Object.keys(known)));
  return given;
}

/**
 * The arguments of what takes no options: PyTorch's may have come by position, or as an object.
 * @param all  `arguments`
 * @param most how many there can be
 * @param absent PyTorch's option that comes next, which is not here
 * @throws TypeError if there are more
 */
export function checkNoOptions(caller: string, all: ArrayLike<unknown>, most: number, absent?: string): void {
  if (all.length > most) refuseMore(caller, Array.from(all), most, absent);
}

function refuseMore(caller: string, all: readonly unknown[], most: number, absent?: string): void {
  // `tensors.map(F.relu)`: map passes the position and the array too.
  if (all.length === 3 && Array.isArray(all[2]) && (all[2] as unknown[])[all[1] as number] === all[0]) return;
  const extra = all[most];
  if (extra === undefined) return;
  if (isOptions(extra)) {
    for (const name in extra) throw new TypeError(noSuchOption(caller, name, []));
    return;
  }
  if (absent !== undefined && all.length === most + 1) throw new TypeError(noSuchOption(caller, absent, []));
  const takes = most === 0 ? "no arguments" : most === 1 ? "one argument" : `${most} arguments`;
  throw new TypeError(
    `${caller}: takes ${takes}, got ${all.length}, of which ${show(extra)} is too much. Leave it out.`,
  );
}

/** A tensor is an object too, but never an object of options; nor is a module, which is a function. */
function isOptions(given: unknown): given is object {
  if (typeof given !== "object" || given === null) return false;
  const kind: unknown = Object.getPrototypeOf(given);
  if (kind === Object.prototype || kind === null) return true;
  return !isTensor(given) && Object.prototype.toString.call(given) === "[object Object]";
}

function notAnObject(caller: string, given: readonly unknown[], known: readonly string[]): string {
  const shown = given.map(show).join(", ");
  if (known.length === 0) return `${caller}: takes no options, got ${shown}. Leave it out.`;
  if (given.every((each) => each === undefined)) return `${caller}: its options are missing. ${listOf(known)}`;
  const named = given.slice(0, known.length).map((value, i) => `${known[i]}: ${exampleOf(value)}`);
  const next = given.length === 1 ? nextStep(given[0], "") : "";
  return `${caller}: options come as one object, got ${shown}. ${next || `Write { ${named.join(", ")} }.`}`;
}

function tooMany(caller: string, given: unknown, known: readonly string[]): string {
  return `${caller}: there is no argument behind the options, got ${show(given)}. ${listOf(known)}`;
}

function noSuchOption(caller: string, name: string, known: readonly string[]): string {
  const spelled = known.find((each) => plainly(each) === plainly(name));
  if (spelled !== undefined) return `${caller}: there is no option ${JSON.stringify(name)}. Did you mean ${spelled}?`;
  const absent = Object.keys(absentOptions).find((each) => plainly(each) === plainly(name));
  if (absent !== undefined)
    return `${caller}: PyTorch's option ${JSON.stringify(name)} is not here. ${absentOptions[absent]}`;
  return `${caller}: there is no option ${JSON.stringify(name)}. ${listOf(known)}`;
}

const listOf = (known: readonly string[]): string =>
  known.length === 0 ? "It has no options." : `Its options are ${known.join(", ")}.`;

/** `weight_decay`, `weightdecay` and `weightDecay` are one name to a person. */
const plainly = (name: string): string => name.replace(/_/g, "").toLowerCase();

const exampleOf = (given: unknown): string =>
  typeof given === "number" || typeof given === "boolean" || typeof given === "string"
    ? JSON.stringify(given)
    : Array.isArray(given) && given.length <= 3 && given.every((each) => typeof each === "number")
      ? show(given)
      : "...";
