/** The command line of `npm run bench`. */
import { peerNames, type PeerName } from "./runner/peers";
import { suiteNames, type SuiteName } from "./suites/names";

export interface Options {
  suites: readonly SuiteName[];
  peers: readonly PeerName[];
  format: "table" | "json" | "markdown";
  /** Short and rough: whether everything runs at all. */
  quick: boolean;
  /** Whether the rows are kept in bench/results. */
  save: boolean;
  /** A commit whose engine takes part, or null. */
  against: string | null;
  /** How often each case is measured; its ratio is the median. */
  times: number;
}

export const usage =
  "npm run bench -- [--suite a,b] [--peers a,b] [--against commit] [--times n] [--quick] [--json | --markdown] [--save]";

/** Something on the command line is wrong; the message is one line. */
export class OptionError extends Error {}

/** @throws OptionError with one line that says what is wrong and what is known */
export function parseOptions(flags: readonly string[]): Options {
  const options: Options = {
    suites: suiteNames,
    peers: peerNames,
    format: "table",
    quick: false,
    save: false,
    against: null,
    times: 1,
  };
  let peersAreChosen = false;
  const rest = flags.flatMap((flag) => (flag.startsWith("--") ? flag.split(/=(.*)/s, 2) : [flag]));
  for (let flag = rest.shift(); flag !== undefined; flag = rest.shift()) {
    if (flag === "--quick") options.quick = true;
    else if (flag === "--save") options.save = true;
    else if (flag === "--json" || flag === "--markdown") {
      const format = flag === "--json" ? "json" : "markdown";
      if (options.format !== "table" && options.format !== format)
        throw new OptionError(`bench: --json and --markdown do not go together. Choose one.`);
      options.format = format;
    } else if (flag === "--against") options.against = commitIn(rest.shift());
    else if (flag === "--times") options.times = countIn(rest.shift());
    else if (flag === "--suite") options.suites = chosen("suite", suiteNames, rest.shift());
    else if (flag === "--peers") {
      options.peers = chosen("peer", peerNames, rest.shift());
      peersAreChosen = true;
    } else throw new OptionError(`bench: there is no option ${flag}. Usage: ${usage}`);
  }
  // Who compares two states of the engine mostly wants nothing else.
  if (options.against !== null && !peersAreChosen) options.peers = [];
  return options;
}

function commitIn(value: string | undefined): string {
  if (value === undefined || value.startsWith("-"))
    throw new OptionError("bench: --against wants a commit, as git log shows it.");
  return value;
}

function countIn(value: string | undefined): number {
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1)
    throw new OptionError(`bench: --times wants a whole number from 1 on, got ${value ?? "nothing"}.`);
  return count;
}

/** The names in a list, in the order in which they are known. */
function chosen<T extends string>(kind: string, known: readonly T[], list: string | undefined): readonly T[] {
  const names = (list ?? "").split(",").filter((name) => name !== "");
  if (names.length === 0 || list?.startsWith("--"))
    throw new OptionError(`bench: no ${kind} is named. Known: ${known.join(", ")}.`);
  const wrong = names.find((name) => !(known as readonly string[]).includes(name));
  if (wrong !== undefined) throw new OptionError(`bench: there is no ${kind} "${wrong}". Known: ${known.join(", ")}.`);
  return known.filter((name) => names.includes(name));
}
