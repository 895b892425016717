/** Stack traces whose positions are those of the user's text, whoever reads them. */
import { isRegistered, originOf } from "./sourceMaps";

/** What V8 calls to write a stack; other engines write theirs themselves. */
const hasV8Stacks = typeof Error.stackTraceLimit === "number";

/** Positions in a stack are those of the user's text: `error.stack` in a cell, too. */
export function installStackMapping(): void {
  if (!hasV8Stacks) return;
  Error.stackTraceLimit = 50;
  Error.prepareStackTrace = (error, frames) => {
    // The text of a cell is a script in Node, and in a page code of `eval` that has a name.
    const fileOf = (frame: NodeJS.CallSite): string => frame.getScriptNameOrSourceURL() ?? "";
    // Below the user's first frame there is only the kernel, which started the cell.
    const last = frames.map((frame) => isRegistered(fileOf(frame))).lastIndexOf(true);
    const shown = last < 0 ? frames : frames.slice(0, last + 1);
    const lines = shown.map((frame) => {
      const text = String(frame);
      const file = fileOf(frame);
      const line = frame.getLineNumber();
      const column = frame.getColumnNumber();
      if (!isRegistered(file) || line === null || column === null) return `\n    at ${text}`;
      const to = originOf({ file, line, column });
      // The body of a cell has no name; what `eval` runs, V8 calls so.
      const called = frame.isEval() ? text.replace(/^eval \((.*)\)$/, "$1") : text;
      return `\n    at ${called.replace(`${file}:${line}:${column}`, `${to.file}:${to.line}:${to.column}`)}`;
    });
    return titleOf(error) + lines.join("");
  };
}

function titleOf(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

/** The stack of an error as V8 writes it. */
export function stackOf(error: Error): string {
  const stack = String(error.stack);
  return hasV8Stacks ? stack : v8Stack(titleOf(error), stack);
}

/** `name@file:line:column`, as Firefox and Safari write a frame. */
const FRAME = /^(.*?)@(.*):(\d+):(\d+)$/;

/** A stack of Firefox or Safari, in the words of V8 and with the user's positions. */
export function v8Stack(title: string, stack: string): string {
  const frames = stack.split("\n").flatMap((line) => {
    const [, name = "", file = "", row, column] = FRAME.exec(line) ?? [];
    return row === undefined ? [] : [{ name, position: { file, line: Number(row), column: Number(column) } }];
  });
  const last = frames.map(({ position }) => isRegistered(position.file)).lastIndexOf(true);
  const lines = (last < 0 ? frames : frames.slice(0, last + 1)).map(({ name, position }) => {
    const { file, line, column } = originOf(position);
    const place = `${file}:${line}:${column}`;
    // What an await has cut off is "async*name", and functions without a name end in "<".
    const called = name.replace(/^async\*/, "async ").replace(/[/<]+$/, "");
    return `\n    at ${called === "" || called === "async " ? `${called}${place}` : `${called} (${place})`}`;
  });
  return title + lines.join("");
}
