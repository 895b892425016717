/** A diagnostic as one text: its chain of reasons, then what the compiler knows besides, such as a forgotten await. */
import type ts from "typescript";

/** "'x' is declared here." and its kind. */
const DECLARED_HERE = new Set([2728, 2822, 6203, 6500, 2771, 6502]);

/** Advice about options of the compiler, which a notebook has not. */
const NEWER = / Do you need to change your target library\?.*/g;
const OLDEST = " It is newer than Node 20, the oldest that cells must run on.";

export function textOf(compiler: typeof ts, cell: ts.SourceFile, found: ts.Diagnostic): string {
  const lines = [compiler.flattenDiagnosticMessageText(found.messageText, "\n")];
  // tslab puts one line before the cell, so that lines count from one.
  const lineOf = (position = 0): number => compiler.getLineAndCharacterOfPosition(cell, position).line;
  for (const related of found.relatedInformation ?? []) {
    // Where something is declared helps in the cell alone; elsewhere it is a file of types.
    if (related.file !== cell && DECLARED_HERE.has(related.code)) continue;
    const text = compiler.flattenDiagnosticMessageText(related.messageText, "\n  ");
    const isElsewhere = related.file === cell && lineOf(related.start) !== lineOf(found.start);
    lines.push(`  ${isElsewhere ? `${text.replace(/\.$/, "")} (line ${lineOf(related.start)}).` : text}`);
  }
  return [...new Set(lines)].join("\n").replace(NEWER, OLDEST);
}
