/** Leads what is written to the console of a Web Worker into the notebook, as Node's console writes it. */
import { formatWithOptions, inspect } from "../platform.browser";
import type { StreamName, Streams } from "./streams";

type Print = (...given: unknown[]) => void;

/** @returns a function that gives the worker its console back */
export function captureStreams(streams: Streams): () => void {
  const usual = { ...console };
  let indent = "";
  const counts = new Map<string, number>();
  const clocks = new Map<string, number>();

  const print = (name: StreamName, ...given: unknown[]): void => {
    const text = formatWithOptions({}, ...given);
    streams.write(name, `${indent}${text.replaceAll("\n", `\n${indent}`)}\n`);
  };
  const to =
    (name: StreamName): Print =>
    (...given) =>
      print(name, ...given);
  const elapsed = (label: string): string => {
    const since = clocks.get(label);
    return since === undefined ? `${label}: never started` : `${label}: ${(performance.now() - since).toFixed(3)}ms`;
  };

  const replacements: Record<string, Print> = {
    log: to("stdout"),
    info: to("stdout"),
    debug: to("stdout"),
    table: to("stdout"),
    dirxml: to("stdout"),
    error: to("stderr"),
    warn: to("stderr"),
    dir: (value, options) => print("stdout", inspect(value, options ?? {})),
    trace: (...given) => print("stderr", ...titled("Trace", given)),
    assert: (holds, ...given) => {
      if (!holds) print("stderr", ...titled("Assertion failed", given));
    },
    group: (...given) => {
      if (given.length > 0) print("stdout", ...given);
      indent += "  ";
    },
    groupEnd: () => void (indent = indent.slice(2)),
    count: (label = "default") => {
      const count = (counts.get(String(label)) ?? 0) + 1;
      counts.set(String(label), count);
      print("stdout", `${String(label)}: ${count}`);
    },
    countReset: (label = "default") => void counts.delete(String(label)),
    time: (label = "default") => void clocks.set(String(label), performance.now()),
    timeLog: (label = "default", ...given) => print("stdout", elapsed(String(label)), ...given),
    timeEnd: (label = "default") => {
      print("stdout", elapsed(String(label)));
      clocks.delete(String(label));
    },
  };
  Object.assign(console, replacements);
  return () => void Object.assign(console, usual);
}

/** A title before what is printed; before a format it becomes a part of it. */
function titled(title: string, [first, ...rest]: unknown[]): unknown[] {
  if (first === undefined && rest.length === 0) return [title];
  return typeof first === "string" ? [`${title}: ${first}`, ...rest] : [`${title}:`, first, ...rest];
}
