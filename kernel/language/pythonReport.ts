/** A cell of Python: one block that says the same in TypeScript, in place of all that the compiler makes of it. */
import { pythonLines } from "./diagnostics/pythonLines";
import type { ErrorReport } from "../output/traceback";
import type { Diagnostic } from "./converter";

const MAX_LINES = 20;
/** Grammar errors have numbers below this; those of declarations, which come from `import torch`, begin at the second. */
const FIRST_SEMANTIC_CODE = 2000;
const FIRST_DECLARATION_CODE = 4000;
const LAST_DECLARATION_CODE = 4999;
const CIRCULAR_IMPORT = 2303;

/** @returns null if the cell is no Python, or compiles */
export function pythonReport(diagnostics: readonly Diagnostic[], source: string, cell: string): ErrorReport | null {
  const isSyntax = ({ code }: Diagnostic): boolean =>
    code < FIRST_SEMANTIC_CODE ||
    code === CIRCULAR_IMPORT ||
    (code >= FIRST_DECLARATION_CODE && code <= LAST_DECLARATION_CODE);
  if (!diagnostics.some(isSyntax)) return null;
  const lines = pythonLines(source);
  const [first] = lines;
  if (!first) return null;
  const head = `${first.text} is Python; cells here are TypeScript.`;
  const advice =
    lines.length === 1
      ? ` Write ${first.instead} instead.`
      : ` Write instead:${lines
          .slice(0, MAX_LINES)
          .map(({ line, instead }) => `\n  line ${line + 1}: ${instead}`)
          .join("")}`;
  const evalue = head + advice;
  const where = `    at ${cell}:${first.line + 1}:1\n\x1b[31m>\x1b[39m ${first.line + 1} | ${first.text}`;
  return { ename: "SyntaxError", evalue, traceback: [`\x1b[31mSyntaxError\x1b[39m: ${evalue}\n${where}`] };
}
