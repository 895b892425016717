/**
 * What a person reads of an error besides its name and its frames. Errors of Node, of node:assert and of chai carry fields
 * for programs, which say again what the message says, or hold whole values; fields of the user's own errors stay.
 */
import { currentFolder, isAbsolute } from "../platform";

export interface ErrorWords {
  message: string;
  /** A next step that the message does not name; null for none. */
  hint: string | null;
  /** The fields that are worth a look. */
  fields: Record<string, unknown>;
}

/** Shown in their own places. */
const OWN_PLACE = ["stack", "message", "name", "cause", "errors"];
/** Of the operating system's errors: `ENOENT: no such file or directory, open 'x.csv'` says all of it. */
const SYSTEM = ["errno", "code", "syscall", "path", "dest", "address", "port", "hostname", "spawnargs"];
/** Of failed assertions: Node's message holds the values and how they differ, chai's is made of them. */
const ASSERTION = ["generatedMessage", "code", "actual", "expected", "operator", "showDiff", "diff"];
/** Of commands that failed: their output is in the message where they wrote to stderr, and bytes otherwise. */
const COMMAND = [
  "output",
  "pid",
  "stdout",
  "stderr",
  "cmd",
  "killed",
  "spawnargs",
  "path",
  "errno",
  "syscall",
  "error",
];

interface NodeFields {
  code?: unknown;
  errno?: unknown;
  syscall?: unknown;
  path?: unknown;
  dest?: unknown;
}

export function wordsOf(error: Error): ErrorWords {
  const { code, errno, syscall } = error as NodeFields;
  const isSystem = errno !== undefined && typeof syscall === "string";
  const has = (...keys: string[]): boolean => keys.every((key) => key in error);
  const isCommand = has("status", "output", "pid") || has("cmd", "killed");
  const isAssertion = error.name === "AssertionError" || code === "ERR_ASSERTION";
  const missing = missingModule(String(code), String(error.message));
  const dropped = new Set([
    ...OWN_PLACE,
    ...(isSystem ? SYSTEM : []),
    ...(isCommand ? COMMAND : []),
    ...(isAssertion ? ASSERTION : []),
    ...(missing ? ["code", "requireStack", "url"] : []),
    ...(/^ERR_/.test(String(code)) ? ["code"] : []),
  ]);
  const given = Object.entries(error).filter(([key, value]) => !dropped.has(key) && !(isCommand && value === null));
  return {
    message: missing ? missing.message : String(error.message),
    hint: missing ? missing.hint : isSystem ? placeOf(error as NodeFields) : null,
    fields: Object.fromEntries(given),
  };
}

/** Where a relative path that was not found is looked for. */
function placeOf({ path, dest, syscall }: NodeFields): string | null {
  if (/^spawn/.test(String(syscall))) return null;
  const isRelative = [path, dest].some((each) => typeof each === "string" && !isAbsolute(each));
  return isRelative ? `Relative paths begin in ${currentFolder()}.` : null;
}

/** Node names the file that imports, which for a cell is none that anybody could open. */
function missingModule(code: string, message: string): { message: string; hint: string | null } | null {
  if (code !== "MODULE_NOT_FOUND" && code !== "ERR_MODULE_NOT_FOUND") return null;
  const [, name] = /^Cannot find (?:module|package) '([^']*)'/.exec(message) ?? [];
  if (name === undefined) return null;
  const folder = currentFolder();
  const hint = /^[./]|^[A-Za-z]:\\/.test(name)
    ? isAbsolute(name)
      ? null
      : `Relative to ${folder}.`
    : `Install it beside the notebook (in a terminal in ${folder}): npm install ${packageOf(name)}`;
  return { message: `Cannot find module '${name}'`, hint };
}

/** `@scope/name` of `@scope/name/part`. */
function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
