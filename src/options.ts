/**
 * The one check of options objects. Plain JavaScript, a page and a cell whose types were not checked may pass anything, and
 * people who know Python pass options by position or in snake_case; silence would train another network than they wrote.
 */

/** The names of a function's options, in the order in which PyTorch takes them; one that is missing does not compile. */
export type OptionNames<O extends object> = Readonly<Record<keyof Required<O>, true>>;

/**
 * The options as they were given, once it is known that each exists.
 * @param caller what the user called, for the error
 * @param given  what came as the last argument
 * @param known  all options there are
 * @param more   arguments behind the options: there should be none
 * @throws TypeError if it is no object, or names an option that does not exist
 */
export function checkOptions<O extends object>(
  caller: string,
  given: O,
  known: OptionNames<O>,
  ...more: readonly unknown[]
): O {
  if (!isOptions(given)) throw new TypeError(notAnObject(caller, given, Object.keys(known)));
  for (const name in given)
    if ((known as Readonly<Record<string, true>>)[name] !== true)
      throw new TypeError(noSuchOption(caller, name, Object.keys(known)));
  if (more.length > 0) throw new TypeError(tooMany(caller, more[0], Object.keys(known)));
  return given;
}

/** A tensor is an object too, but never an object of options; nor is a module, which is a function. */
const isOptions = (given: unknown): given is object =>
  typeof given === "object" &&
  given !== null &&
  !("storage" in given) &&
  Object.prototype.toString.call(given) === "[object Object]";

function notAnObject(caller: string, given: unknown, known: readonly string[]): string {
  const [first] = known;
  const example = first === undefined ? "It has none." : `Write { ${first}: ${exampleOf(given)} }.`;
  return `${caller}: options come as one object, got ${show(given)}. ${example}`;
}

function tooMany(caller: string, given: unknown, known: readonly string[]): string {
  return `${caller}: there is no argument behind the options, got ${show(given)}. ${listOf(known)}`;
}

function noSuchOption(caller: string, name: string, known: readonly string[]): string {
  const spelled = known.find((each) => plainly(each) === plainly(name));
  const hint = spelled === undefined ? listOf(known) : `Did you mean ${spelled}?`;
  return `${caller}: there is no option ${JSON.stringify(name)}. ${hint}`;
}

const listOf = (known: readonly string[]): string =>
  known.length === 0 ? "It has no options." : `Its options are ${known.join(", ")}.`;

/** `weight_decay`, `weightdecay` and `weightDecay` are one name to a person. */
const plainly = (name: string): string => name.replace(/_/g, "").toLowerCase();

const exampleOf = (given: unknown): string =>
  typeof given === "number" || typeof given === "boolean" || typeof given === "string"
    ? JSON.stringify(given)
    : "...";

/** A value as an error shows it: short, whatever it is. */
function show(given: unknown): string {
  if (typeof given === "function")
    return given instanceof Object && "forward" in given ? "a module" : "a function";
  if (typeof given === "object" && given !== null && "storage" in given) return String(given);
  const text = JSON.stringify(given) ?? String(given);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
