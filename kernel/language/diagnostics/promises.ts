/**
 * Promises that are used as if they were their values, where TypeScript allows it: printed, in a text, as a condition. The same
 * for tensors, whose truth and equality Python asks for with operators.
 */
import type ts from "typescript";
import { isAsyncIterable, nameOfType, shortText, type CellProgram } from "./found";

const MAX_NOTES = 3;

/** A line about each, to be shown when the cell runs: it is no error. */
export function notesOnPromises(cell: CellProgram): string[] {
  const { compiler, checker } = cell;
  const notes: string[] = [];
  const isPromise = (node: ts.Expression): boolean => nameOfType(checker.getTypeAtLocation(node)) === "Promise";
  const note = (node: ts.Expression, what: string, instead: (awaited: string) => string): void => {
    if (!isPromise(node)) return;
    notes.push(`Note: line ${lineOf(cell, node)} ${what}. Write ${instead(`await ${shortText(node, "...")}`)}.`);
  };

  const isTensor = (node: ts.Expression): boolean => nameOfType(checker.getTypeAtLocation(node)) === "Tensor";
  const say = (node: ts.Node, text: string): void => void notes.push(`Note: line ${lineOf(cell, node)} ${text}`);

  const visit = (node: ts.Node): void => {
    if (compiler.isCallExpression(node)) {
      const call = node.expression.getText();
      for (const given of isPrint(compiler, node.expression) ? node.arguments : []) {
        note(given, "prints a promise, not its value", (awaited) => `${call}(${awaited})`);
      }
      // Promises are collected for Promise.all; numbers of tensors mostly are not.
      const isPush = compiler.isPropertyAccessExpression(node.expression) && node.expression.name.text === "push";
      for (const given of isPush && !cell.cell.text.includes("Promise.") ? node.arguments : []) {
        if (!isReadOfTensor(cell, given)) continue;
        note(given, "keeps a promise, not its value", (awaited) => `${call}(${awaited})`);
      }
    }
    if (compiler.isTemplateSpan(node)) {
      note(node.expression, "puts a promise into a text, not its value", (awaited) => `\${${awaited}}`);
    }
    if (compiler.isBinaryExpression(node)) {
      const { EqualsEqualsToken, ExclamationEqualsToken, PlusToken, PlusEqualsToken } = compiler.SyntaxKind;
      const { kind } = node.operatorToken;
      for (const side of kind === PlusToken || kind === PlusEqualsToken ? [node.left, node.right] : []) {
        note(side, "puts a promise into a text, not its value", (awaited) => `(${awaited})`);
      }
      const isEquality = kind === EqualsEqualsToken || kind === ExclamationEqualsToken;
      if (isEquality && isTensor(node.left) && isTensor(node.right)) {
        const [a, b] = [shortText(node.left, "x"), shortText(node.right, "y")];
        const method = kind === EqualsEqualsToken ? "eq" : "ne";
        say(node, `asks whether both are one object. Write ${a}.${method}(${b}), or allclose(${a}, ${b}).`);
      }
    }
    const condition = conditionOf(compiler, node);
    if (condition) {
      note(condition, "asks whether there is a promise, which is always so", (awaited) => `(${awaited})`);
      if (compiler.isCallExpression(condition) && isMethodOfTensor(cell, condition) && isTensor(condition)) {
        const value = shortText(condition, "x");
        say(condition, `asks whether there is a tensor, which is always so. Write (await ${value}.item()).`);
      }
    }
    if (compiler.isForInStatement(node)) {
      const type = checker.getTypeAtLocation(node.expression);
      const isAsync = isAsyncIterable(checker, type);
      if (isAsync || nameOfType(type) === "Array") {
        const head = `for ${isAsync ? "await " : ""}(${node.initializer.getText()} of ${shortText(node.expression, "list")})`;
        say(node, `goes through the names of fields, which "in" does. Write ${head}.`);
      }
    }
    compiler.forEachChild(node, visit);
  };
  visit(cell.cell);
  lastValue(cell, note);
  return notes.slice(0, MAX_NOTES);
}

/** tslab puts one line before the cell, so that lines count from one. */
const lineOf = ({ compiler, cell }: CellProgram, node: ts.Node): number =>
  compiler.getLineAndCharacterOfPosition(cell, node.getStart(cell)).line;

function isMethodOfTensor({ compiler, checker }: CellProgram, call: ts.CallExpression): boolean {
  const { expression } = call;
  return (
    compiler.isPropertyAccessExpression(expression) &&
    nameOfType(checker.getTypeAtLocation(expression.expression)) === "Tensor"
  );
}

/** `loss.item()`, `x.data()`, `x.tolist()`. */
const isReadOfTensor = (cell: CellProgram, node: ts.Expression): boolean =>
  cell.compiler.isCallExpression(node) && isMethodOfTensor(cell, node);

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
  const isOf = (names: readonly string[], node: ts.Expression): boolean =>
    compiler.isIdentifier(node) && names.includes(node.text);
  if (isOf(["String", "Number", "Boolean", "display", "assert"], callee)) return true;
  return compiler.isPropertyAccessExpression(callee) && isOf(["console", "JSON", "assert"], callee.expression);
}

function conditionOf(compiler: typeof ts, node: ts.Node): ts.Expression | null {
  if (compiler.isIfStatement(node) || compiler.isWhileStatement(node) || compiler.isDoStatement(node)) {
    return node.expression;
  }
  if (compiler.isConditionalExpression(node)) return node.condition;
  const isNot = compiler.isPrefixUnaryExpression(node) && node.operator === compiler.SyntaxKind.ExclamationToken;
  return isNot ? node.operand : null;
}
