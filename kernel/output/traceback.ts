/** Errors as Jupyter shows them: the user's frames and lines; frames of the engine, the kernel and Node are folded. */
import { inspect } from "../platform";
import { wordsOf, type ErrorWords } from "./errorWords";
import { kernelFolder, packageRoot } from "../packages";
import { isRegistered, sourceLines } from "../run/sourceMaps";
import { stackOf } from "../run/stack";
import type { Diagnostic } from "../language/converter";

export interface ErrorReport {
  ename: string;
  evalue: string;
  traceback: string[];
}

const red = (text: string): string => `\x1b[31m${text}\x1b[39m`;
const dim = (text: string): string => `\x1b[2m${text}\x1b[22m`;

const MAX_DIAGNOSTICS = 100;
const MAX_CAUSES = 5;
const MAX_FRAMES = 20;
/** TypeScript's grammar errors have numbers below this. */
const FIRST_SEMANTIC_CODE = 2000;

/** A report of what the type checker found; the cell was not run. */
export function describeDiagnostics(diagnostics: Diagnostic[], source: string, name: string): ErrorReport {
  const merged = mergeChains(diagnostics);
  const first = merged[0];
  const isSyntax = first !== undefined && first.code < FIRST_SEMANTIC_CODE;
  const ename = isSyntax ? "SyntaxError" : "TypeScriptError";
  const traceback = merged.slice(0, MAX_DIAGNOSTICS).map((found) => {
    const where = `${found.fileName ?? name}:${found.start.line + 1}:${found.start.character + 1}`;
    const title = `${red(`${ename}`)}: ${found.messageText} ${dim(`(TS${found.code})`)}\n    at ${where}`;
    return found.fileName ? title : `${title}\n${codeFrame(source.split("\n"), found.start, found.end)}`;
  });
  if (merged.length > MAX_DIAGNOSTICS) traceback.push(`... and ${merged.length - MAX_DIAGNOSTICS} more`);
  return { ename, evalue: first?.messageText ?? "unknown", traceback };
}

/** tslab lists the links of one explanation as diagnostics of the same place; they belong together. */
function mergeChains(diagnostics: Diagnostic[]): Diagnostic[] {
  const merged: Diagnostic[] = [];
  for (const found of diagnostics) {
    const last = merged.at(-1);
    const same = last && last.start.offset === found.start.offset && last.end.offset === found.end.offset;
    if (same) last.messageText += `\n  ${found.messageText}`;
    else merged.push({ ...found });
  }
  return merged;
}

/** Counted from zero. */
interface Place {
  line: number;
  character: number;
}

/** The line with a caret below, one line before and one after. */
function codeFrame(lines: string[], start: Place, end: Place): string {
  const width = String(start.line + 2).length;
  const frame: string[] = [];
  for (let i = Math.max(0, start.line - 1); i <= Math.min(lines.length - 1, start.line + 1); i++) {
    const line = lines[i] ?? "";
    const isHere = i === start.line;
    if (!isHere && i === lines.length - 1 && line.trim() === "") continue;
    frame.push(`${isHere ? red(">") : " "} ${String(i + 1).padStart(width)} | ${line}`);
    if (!isHere) continue;
    const until = end.line === start.line ? end.character : line.length;
    const pad = line.slice(0, start.character).replace(/[^\t]/g, " ");
    frame.push(`  ${" ".repeat(width)} | ${pad}${red("^".repeat(Math.max(1, until - start.character)))}`);
  }
  return frame.join("\n");
}

/** A report of anything that can be thrown. Never throws itself. */
export function describeError(thrown: unknown): ErrorReport {
  if (!(thrown instanceof Error) && !isErrorLike(thrown)) {
    const evalue = safeInspect(thrown);
    return { ename: "Thrown", evalue, traceback: [`${red("Thrown")}: ${evalue}`] };
  }
  const ename = read(() => String(thrown.name)) || "Error";
  return { ename, evalue: safeWords(thrown).message, traceback: explain(thrown, MAX_CAUSES) };
}

function safeWords(error: Error): ErrorWords {
  try {
    return wordsOf(error);
  } catch {
    return { message: read(() => String(error.message)), hint: null, fields: {} };
  }
}

function explain(error: Error, depth: number): string[] {
  const name = read(() => String(error.name)) || "Error";
  const { message, hint, fields } = safeWords(error);
  const title = message === "" ? red(name) : `${red(name)}: ${message}`;
  const lines = [hint === null ? title : `${title}\n  ${hint}`];
  lines.push(...withCode(frames(read(() => stackOf(error)))));
  if (Object.keys(fields).length > 0) lines.push(dim(safeInspect(fields)));
  const { cause, errors } = error as { cause?: unknown; errors?: unknown };
  const inner = [...(cause === undefined ? [] : [cause]), ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
  for (const next of depth > 0 ? inner.slice(0, 5) : []) {
    lines.push("caused by");
    if (isErrorLike(next)) lines.push(...explain(next, depth - 1));
    else lines.push(safeInspect(next));
  }
  return lines;
}

/** The frames with the user's code below the first one that lies in it. */
function withCode(shown: string[]): string[] {
  for (const [i, line] of shown.entries()) {
    const [, file, row, column] = PLACE.exec(line) ?? [];
    const lines = file === undefined ? null : sourceLines(file);
    const at = { line: Number(row) - 1, character: Number(column) - 1 };
    if (!lines || lines[at.line] === undefined) continue;
    const code = codeFrame(lines, at, { line: at.line, character: at.character + 1 });
    return [...shown.slice(0, i + 1), code, ...shown.slice(i + 1)];
  }
  return shown;
}

/** A file with line and column at the end of a frame. */
const PLACE = /(?:\(|at (?:async )?)((?:cell|user_expression)\[[^\]]*\]\.ts|(?:\/|[A-Za-z]:\\).*):(\d+):(\d+)\)?$/;

/** The frames of a stack that are the user's: cells, and files beside the notebook. */
export function frames(stack: string): string[] {
  const shown: string[] = [];
  let folded = 0;
  const fold = (): void => {
    if (folded > 0) shown.push(dim(`    ... ${folded} more inside the library`));
    folded = 0;
  };
  const lines = stack.split("\n").filter((line) => /^\s+at /.test(line));
  const lastOwn = lines.map(isUserFrame).lastIndexOf(true);
  for (const line of lines.slice(0, lastOwn + 1)) {
    if (isUserFrame(line)) {
      fold();
      shown.push(line);
    } else if (!isNodeFrame(line)) folded++;
  }
  if (shown.length <= MAX_FRAMES) return shown;
  const skipped = dim(`    ... ${shown.length - MAX_FRAMES} more frames`);
  return [...shown.slice(0, MAX_FRAMES - 5), skipped, ...shown.slice(-5)];
}

function isNodeFrame(line: string): boolean {
  return line.includes("node:internal") || line.includes("node:vm") || line.includes("receptive-run.js");
}

function isUserFrame(line: string): boolean {
  if (/[( ]cell\[[^\]]*\]\.ts:\d+/.test(line)) return true;
  const file = /[\s(]((?:\/|file:\/\/|[A-Za-z]:\\)[^():]*(?:\([^)]*\)[^():]*)*):\d+:\d+\)?$/.exec(line)?.[1];
  if (!file || file.includes("node_modules") || file.startsWith(kernelFolder)) return false;
  return isRegistered(file.replace(/\.tsx?$/, ".js")) || !file.startsWith(`${packageRoot}/dist`);
}

/** Also errors of other realms (vm, worker) and DOMException-like objects. */
function isErrorLike(value: unknown): value is Error {
  if (value instanceof Error) return true;
  return Object.prototype.toString.call(value) === "[object Error]";
}

function safeInspect(value: unknown): string {
  return read(() => inspect(value, { depth: 3, maxStringLength: 1000, maxArrayLength: 50 }));
}

/** Getters of what users throw may throw, too. */
function read(get: () => string): string {
  try {
    return get();
  } catch (error) {
    return `[cannot be read: ${typeof error}]`;
  }
}
