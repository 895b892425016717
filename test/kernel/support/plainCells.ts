/** Cells in plain JavaScript, which compile in a millisecond: for tests of all that is not TypeScript. */
import ts from "typescript";
import type { JsonObject } from "../../../kernel/json";
import type { Cells } from "../../../kernel/kernel";
import { isComplete } from "../../../kernel/language/completions";
import type { ConvertedCell } from "../../../kernel/language/language";
import { textOf } from "../../../kernel/output/valueText";

const RESULT = "$result";

/** What each top-level statement declares. */
function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const { name } = statement as { name?: ts.Node };
  return name && ts.isIdentifier(name) ? [name.text] : [];
}

/** The cell's variables become properties of `exports`, where `with` finds those of earlier cells. */
function convert(source: string): ConvertedCell {
  const file = ts.createSourceFile("cell.js", source, ts.ScriptTarget.ES2022, true);
  const declared = new Set<string>();
  let result: string | null = null;
  const lines = file.statements.map((statement, i) => {
    const text = source.slice(statement.pos, statement.end);
    if (ts.isExpressionStatement(statement) && i === file.statements.length - 1) {
      declared.add((result = RESULT));
      return `exports.${RESULT} = (${statement.expression.getText()});`;
    }
    const names = namesOf(statement);
    for (const name of names) declared.add(name);
    return `${text}; ${names.map((name) => `exports.${name} = ${name};`).join(" ")}`;
  });
  const code = `with (exports) { ${lines.join("\n")} }`;
  const isAsync = /\bawait\b/.test(source);
  const shape = { declared, live: new Set<string>(), imports: [], imported: new Set<string>(), endsInPrint: false };
  return { code, module: code, shape: { ...shape, isAsync }, isAsync, result, declarations: "", maps: [], notes: [] };
}

/** The object of a path such as `Math` or `console.log`; undefined if there is none. */
function lookUp(path: string): unknown {
  const parts = path.split(".").filter((part) => part !== "");
  return parts.reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], globalThis);
}

const codeOf = (content: JsonObject): string => String(content.code).slice(0, Number(content.cursor_pos));

/** @returns cells, and a way to see that they are forgotten */
export function plainCells(): Cells {
  const explain = (name: string): Record<string, unknown> | null => {
    const value = name === "" ? undefined : lookUp(name);
    return value === undefined ? null : { "text/plain": textOf(value) };
  };
  return {
    language: {
      convert: (source) => ({ ok: true, cell: convert(source) }),
      namesIn: () => [],
      registerCell: () => {},
      commit: () => {},
      forget: () => {},
      hidden: { declare: () => [], isImported: () => false },
    },
    modules: { require: () => ({}), prepare: () => null },
    questions: {
      complete(content) {
        const [, path = "", begun = ""] = /([\w.]*?)(\w*)$/.exec(codeOf(content)) ?? [];
        const names = Object.getOwnPropertyNames(lookUp(path) ?? {}).filter((name) => name.startsWith(begun));
        const end = Number(content.cursor_pos);
        return { status: "ok", matches: names, cursor_start: end - begun.length, cursor_end: end, metadata: {} };
      },
      inspect(content) {
        const data = explain(/[\w.]*$/.exec(codeOf(content))?.[0] ?? "");
        return { status: "ok", found: data !== null, data: data ?? {}, metadata: {} };
      },
      isComplete: (content) => isComplete(ts, content),
      explain,
    },
    warmUp: () => {},
    install: () => {},
  };
}
