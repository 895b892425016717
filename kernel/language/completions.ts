/** complete_request, inspect_request and is_complete_request. */
import type ts from "typescript";
import { pathsAt } from "../importPaths";
import { markdownOf, plainOf } from "./inspection/rendering";
import type { Language } from "./language";
import { toCodePoints, toUnits } from "./text";
import type { JsonObject } from "../json";

const MAX_MATCHES = 500;

export function complete(language: Language, content: JsonObject): JsonObject {
  const code = String(content.code ?? "");
  const cursor = toUnits(code, Number(content.cursor_pos ?? 0));
  const found = language.complete(code, cursor);
  const paths = pathsAt(code.slice(0, cursor), language.root);
  const offered = [...new Set([...(paths?.names ?? []), ...found.candidates])];
  const matches = offered.slice(0, MAX_MATCHES);
  const start = toCodePoints(code, paths?.start ?? found.start);
  const end = toCodePoints(code, paths ? cursor : found.end);
  const kinds = new Map(found.original?.entries.map((entry) => [entry.name, String(entry.kind)]));
  for (const name of paths?.names ?? []) kinds.set(name, "module");
  const types = matches.map((text) => ({ text, type: kinds.get(text) ?? "", start, end }));
  return {
    status: "ok",
    matches,
    cursor_start: start,
    cursor_end: end,
    metadata: { _jupyter_types_experimental: types },
  };
}

export function inspectCode(language: Language, content: JsonObject): JsonObject {
  const code = String(content.code ?? "");
  const cursor = toUnits(code, Number(content.cursor_pos ?? 0));
  for (const position of candidatePositions(code, cursor)) {
    const info = language.inspect(code, position);
    if (!info) continue;
    const data = { "text/plain": plainOf(info), "text/markdown": markdownOf(info) };
    return { status: "ok", found: true, data, metadata: {} };
  }
  return { status: "ok", found: false, data: {}, metadata: {} };
}

/** What is known about a name, for `help("name")`; null if nothing is. */
export function explain(language: Language, name: string): { "text/plain": string } | null {
  const { found, data } = inspectCode(language, { code: name, cursor_pos: [...name].length });
  const known = data as { "text/plain": string };
  return found === true && known["text/plain"].trim() !== "any" ? known : null;
}

/** The name at the cursor, the one before it, then the function whose arguments the cursor is in. */
function candidatePositions(code: string, cursor: number): number[] {
  const positions: number[] = [];
  const isName = (at: number): boolean => /[\w$]/.test(code[at] ?? "");
  if (isName(cursor)) positions.push(cursor);
  if (cursor > 0 && isName(cursor - 1)) positions.push(cursor - 1);
  let depth = 0;
  for (let at = cursor - 1; at > 0; at--) {
    const character = code[at];
    if (character === ")") depth++;
    else if (character === "(" && depth-- === 0) {
      const name = /[\w$]\s*(?:<[^()]*>)?\s*$/.exec(code.slice(0, at));
      if (name) positions.push(name.index);
      break;
    }
  }
  return positions;
}

/** What TypeScript says where the text ends too early although it has no ` expected.` there. */
const UNTERMINATED = new Set([1160, 1010]);
/** "Expression expected.", "Declaration or statement expected.", "'x' expected." and their kind. */
const EXPECTED = / expected\.$/;

export function isComplete(compiler: typeof ts, content: JsonObject): JsonObject {
  const code = String(content.code ?? "");
  const source = compiler.createSourceFile("cell.ts", code, compiler.ScriptTarget.ES2022, false);
  const found = (source as unknown as { parseDiagnostics: ts.DiagnosticWithLocation[] }).parseDiagnostics;
  if (found.length === 0) return { status: "complete" };
  const end = code.trimEnd().length;
  const waits = found.some(
    ({ code: number, start, messageText }) =>
      UNTERMINATED.has(number) || (start >= end && EXPECTED.test(String(messageText))),
  );
  return waits ? { status: "incomplete", indent: indentAfter(code) } : { status: "invalid" };
}

function indentAfter(code: string): string {
  const line = code.trimEnd().split("\n").at(-1) ?? "";
  const indent = /^\s*/.exec(line)?.[0] ?? "";
  return /[{([]\s*$|=>\s*$/.test(line) ? `${indent}  ` : indent;
}
