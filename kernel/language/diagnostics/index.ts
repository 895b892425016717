/** What a person reads about a cell that does not compile: one block for one mistake, with a next step. */
import type ts from "typescript";
import type { CellFacts, CellProgram } from "./found";
import { hintFor } from "./hints";
import { findIndexing } from "./indexing";
import { explainedBy, isMissingName, joinMissingNames } from "./missingNames";
import { notesOnPromises } from "./promises";
import { textOf } from "./related";
import { withoutBuffers, withoutPaths } from "./typeNames";

export type { CellFacts } from "./found";

/** An await in a function that is not async: the parser has understood it. */
const AWAIT_CODES = new Set([1103, 1308]);

/** "Left side of comma operator is unused and has no side effects". */
const UNUSED_COMMA = 2695;

const FIRST_OF_EXPORTS = 4000;
const LAST_OF_EXPORTS = 4999;

/** The diagnostics of a cell, worded anew; those of files beside the notebook only without paths. */
export function explainDiagnostics(
  compiler: typeof ts,
  program: ts.Program,
  cell: ts.SourceFile,
  found: readonly ts.Diagnostic[],
  facts: CellFacts,
): ts.Diagnostic[] {
  const context: CellProgram = { compiler, program, checker: program.getTypeChecker(), cell, facts };
  const isOwn = (each: ts.Diagnostic): boolean => each.file === cell;
  const missing = found.filter((each) => isOwn(each) && isMissingName(each));
  const joined = joinMissingNames(context, missing);
  const explained = explainedBy(context, missing);
  const isExplained = ({ file, start = 0 }: ts.Diagnostic): boolean =>
    file === cell && explained.some((node) => node.getStart(cell) <= start && start <= node.end);
  const isParsed = !found.some((each) => isOwn(each) && each.code < 2000 && !AWAIT_CODES.has(each.code));
  const extra = isParsed ? findIndexing(context) : [];
  // `x[0, 1]` has one mistake, not two.
  const isCovered = ({ code, file, start = 0 }: ts.Diagnostic): boolean =>
    code === UNUSED_COMMA &&
    file === cell &&
    extra.some(({ start: from = 0, length = 0 }) => from <= start && start < from + length);
  // "Exported variable 'n' has or is using private name 'int'": what is exported is the kernel's affair.
  const isFollowing = ({ code }: ts.Diagnostic): boolean =>
    missing.length > 0 && code >= FIRST_OF_EXPORTS && code <= LAST_OF_EXPORTS;
  const all = found.flatMap((each) => {
    if (each === missing[0]) return joined ?? [];
    return missing.includes(each) || isExplained(each) || isCovered(each) || isFollowing(each) ? [] : each;
  });
  if (isParsed) facts.notes.push(...notesOnPromises(context));
  return [...all, ...extra].map((each) => {
    const text = withoutBuffers(textOf(compiler, cell, each));
    const hint = isOwn(each) && each !== joined && !extra.includes(each) ? hintFor(context, each, text) : null;
    return { ...each, messageText: withoutPaths(hint === null ? text : `${text}\n  ${hint}`) };
  });
}
