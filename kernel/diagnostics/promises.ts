/** Promises that are used as if they were their values, where TypeScript allows it: printed, in a text, as a condition. */
import type ts from "typescript";
import { nameOfType, shortText, type CellProgram } from "./found";

const MAX_NOTES = 3;

/** A line about each, to be shown when the cell runs: it is no error. */
export function notesOnPromises(cell: CellProgram): string[] {
  const { compiler, checker } = cell;
  const notes: string[] = [];
  const isPromise = (node: ts.Expression): boolean =>
    nameOfType(checker.getTypeAtLocation(node)) === "Promise";
  const note = (node: ts.Expression, what: string, instead: (awaited: string) => string): void => {
    if (!isPromise(node)) return;
    // tslab puts one line before the cell, so that lines count from one.
    const { line } = compiler.getLineAndCharacterOfPosition(cell.cell, node.getStart(cell.cell));
    notes.push(`Note: line ${line} ${what}. Write ${instead(`await ${shortText(node, "...")}`)}.`);
  };

  const visit = (node: ts.Node): void => {
    if (compiler.isCallExpression(node) && isPrint(compiler, node.expression)) {
      const call = node.expression.getText();
      for (const given of node.arguments) {
        note(given, "prints a promise, not its value", (awaited) => `${call}(${awaited})`);
      }
    }
    if (compiler.isTemplateSpan(node)) {
      note(node.expression, "puts a promise into a text, not its value", (awaited) => `\${${awaited}}`);
    }
    if (compiler.isBinaryExpression(node) && node.operatorToken.kind === compiler.SyntaxKind.PlusToken) {
      for (const side of [node.left, node.right]) {
        note(side, "puts a promise into a text, not its value", (awaited) => `(${awaited})`);
      }
    }
    const condition = conditionOf(compiler, node);
    if (condition) {
      note(condition, "asks whether there is a promise, which is always so", (awaited) => `(${awaited})`);
    }
    compiler.forEachChild(node, visit);
  };
  visit(cell.cell);
  lastValue(cell, note);
  return notes.slice(0, MAX_NOTES);
}

/** `loss.item()` as the last line, which shows `Promise { <pending> }`. */
function lastValue(
  { compiler, checker, cell }: CellProgram,
  note: (node: ts.Expression, what: string, instead: (awaited: string) => string) => void,
): void {
  const last = cell.statements.filter((statement) => !compiler.isExportDeclaration(statement)).at(-1);
  if (!last || !compiler.isExpressionStatement(last) || compiler.isVoidExpression(last.expression)) return;
  const type = checker.getTypeAtLocation(last.expression);
  const [result] = checker.getTypeArguments(type as ts.TypeReference);
  if (nameOfType(type) !== "Promise" || !result || (result.flags & compiler.TypeFlags.VoidLike) !== 0) return;
  note(last.expression, "shows a promise, not its value", (awaited) => awaited);
}

function isPrint(compiler: typeof ts, callee: ts.Expression): boolean {
  if (compiler.isIdentifier(callee)) return callee.text === "String" || callee.text === "Number";
  return (
    compiler.isPropertyAccessExpression(callee) &&
    compiler.isIdentifier(callee.expression) &&
    callee.expression.text === "console"
  );
}

function conditionOf(compiler: typeof ts, node: ts.Node): ts.Expression | null {
  if (compiler.isIfStatement(node) || compiler.isWhileStatement(node) || compiler.isDoStatement(node)) {
    return node.expression;
  }
  if (compiler.isConditionalExpression(node)) return node.condition;
  const isNot =
    compiler.isPrefixUnaryExpression(node) && node.operator === compiler.SyntaxKind.ExclamationToken;
  return isNot ? node.operand : null;
}
