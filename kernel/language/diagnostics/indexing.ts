/**
 * `x[0]` where x has no elements: TypeScript says so only under noImplicitAny, with much else that a notebook allows, and the
 * value is undefined without a word. The same for `-x` of an object, which is NaN.
 */
import type ts from "typescript";
import { nameOfType, shortText, type CellProgram } from "./found";

/** "Element implicitly has an 'any' type because expression of type ... can't be used to index type ...". */
const NOT_INDEXED = 7053;
/** "The right-hand side of an arithmetic operation must be of type 'any', 'number', ...". */
const NO_NUMBER = 2363;

export function findIndexing(cell: CellProgram): ts.Diagnostic[] {
  const { compiler } = cell;
  const found: ts.Diagnostic[] = [];
  const add = (node: ts.Node, code: number, messageText: string): void => {
    const start = node.getStart(cell.cell);
    const category = compiler.DiagnosticCategory.Error;
    found.push({ file: cell.cell, start, length: node.end - start, category, code, messageText });
  };
  const visit = (node: ts.Node): void => {
    if (compiler.isElementAccessExpression(node)) {
      const message = messageFor(cell, node);
      if (message !== null) add(node, NOT_INDEXED, message);
    }
    if (compiler.isPrefixUnaryExpression(node)) {
      const message = signMessage(cell, node);
      if (message !== null) add(node, NO_NUMBER, message);
    }
    compiler.forEachChild(node, visit);
  };
  visit(cell.cell);
  return found;
}

/** `-x`, `+x` and `~x` of a tensor or a promise. */
function signMessage({ compiler, checker }: CellProgram, node: ts.PrefixUnaryExpression): string | null {
  const { MinusToken, PlusToken, TildeToken } = compiler.SyntaxKind;
  const signs = new Map<ts.SyntaxKind, [string, string]>([
    [MinusToken, ["-", "neg"]],
    [PlusToken, ["+", ""]],
    [TildeToken, ["~", "logicalNot"]],
  ]);
  const [sign, method] = signs.get(node.operator) ?? [];
  const name = sign === undefined ? "" : nameOfType(checker.getTypeAtLocation(node.operand));
  if (sign === undefined || (name !== "Tensor" && name !== "Promise")) return null;
  const operand = shortText(node.operand, "x");
  const isPromise = name === "Promise";
  const instead = isPromise ? `${sign}(await ${operand})` : method ? `${operand}.${method}()` : operand;
  const hint = isPromise ? "Did you forget to use 'await'? " : "";
  return `The operator '${sign}' is for numbers, and ${operand} is a ${name}. ${hint}Write ${instead}.`;
}

function messageFor(cell: CellProgram, node: ts.ElementAccessExpression): string | null {
  const { compiler, checker } = cell;
  const index = node.argumentExpression;
  const type = checker.getApparentType(checker.getTypeAtLocation(node.expression));
  const key = checker.getTypeAtLocation(index);
  const isNumber = (key.flags & compiler.TypeFlags.NumberLike) !== 0;
  const object = shortText(node.expression, "x");
  const at = shortText(index, "0");

  if (isNumber && isBelowZero(compiler, index) && isList(cell, type)) {
    return `${object}[${at}] is undefined: an index counts from 0. Write ${object}.at(${at}).`;
  }
  const members = type.isUnion() ? type.types.map((each) => checker.getApparentType(each)) : [type];
  if (members.some((each) => !lacksElements(cell, each, key, isNumber))) return null;
  return `${sentence(object, type)} ${advice(cell, node, type, object, at, isNumber)}`;
}

/** True if nothing can stand behind the index: an instance, a function, a promise, but no plain object and no `any`. */
function lacksElements({ compiler, checker }: CellProgram, type: ts.Type, key: ts.Type, isNumber: boolean): boolean {
  const { TypeFlags, SymbolFlags, IndexKind } = compiler;
  if ((type.flags & TypeFlags.Object) === 0) return false;
  if (checker.getIndexInfoOfType(type, IndexKind.String)) return false;
  const literal = key.isNumberLiteral() || key.isStringLiteral() ? String(key.value) : null;
  if (literal !== null && checker.getPropertyOfType(type, literal)) return false;
  const symbol = type.getSymbol();
  const isInstance = symbol !== undefined && (symbol.flags & (SymbolFlags.Class | SymbolFlags.Interface)) !== 0;
  const isFunction = type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0;
  if (!isInstance && !isFunction) return false;
  if (isNumber) return !checker.getIndexInfoOfType(type, IndexKind.Number);
  // A Map and its like: a string that is no property is meant as a key.
  const isMap = hasMethod(checker, type, "get") && hasMethod(checker, type, "has");
  return literal !== null && (isMap || ["Tensor", "Promise"].includes(nameOfType(type)));
}

function isBelowZero(compiler: typeof ts, index: ts.Expression): boolean {
  return (
    compiler.isPrefixUnaryExpression(index) &&
    index.operator === compiler.SyntaxKind.MinusToken &&
    compiler.isNumericLiteral(index.operand)
  );
}

/** Arrays, typed arrays and strings: what has elements and `at`. */
function isList({ compiler, checker }: CellProgram, type: ts.Type): boolean {
  const hasElements = checker.getIndexInfoOfType(type, compiler.IndexKind.Number) !== undefined;
  return hasElements && !checker.getIndexInfoOfType(type, compiler.IndexKind.String) && hasMethod(checker, type, "at");
}

const hasMethod = (checker: ts.TypeChecker, type: ts.Type, name: string): boolean =>
  checker.getPropertyOfType(type, name) !== undefined;

function sentence(object: string, type: ts.Type): string {
  const name = nameOfType(type);
  const isFunction = type.getCallSignatures().length > 0 && !isInstanceName(name);
  if (isFunction) return `${object} is a function and not indexed with []:`;
  return `${name === "" ? object : article(name)} is not indexed with []:`;
}

const isInstanceName = (name: string): boolean => /^[A-Z]/.test(name);
const article = (name: string): string => `${/^[AEIOU]/.test(name) ? "An" : "A"} ${name}`;

/** One next step, after what the type offers. */
function advice(
  cell: CellProgram,
  node: ts.ElementAccessExpression,
  type: ts.Type,
  object: string,
  at: string,
  isNumber: boolean,
): string {
  const { checker } = cell;
  const name = nameOfType(type);
  if (name === "Tensor") return tensorAdvice(cell, node, object, at, isNumber);
  if (name === "Promise") return `(await ${object})[${at}].`;
  const [call] = type.getCallSignatures();
  if (call && !isInstanceName(name)) {
    const result = checker.getReturnTypeOfSignature(call);
    return nameOfType(result) === "Promise" ? `Write (await ${object}())[${at}].` : `Write ${object}()[${at}].`;
  }
  if (hasMethod(checker, type, "namedChildren")) return `${object}.children()[${at}].`;
  if (hasMethod(checker, type, "get")) return `${object}.get(${at}).`;
  if (hasMethod(checker, type, "__@asyncIterator")) return asyncLoop(object);
  const properties = checker.getPropertiesOfType(type).map(({ escapedName }) => String(escapedName));
  if (properties.some((each) => each.startsWith("__@asyncIterator"))) return asyncLoop(object);
  if (properties.some((each) => each.startsWith("__@iterator"))) return `[...${object}][${at}].`;
  return isNumber ? `it has no elements.` : `it has no ${at}.`;
}

function tensorAdvice(
  { compiler }: CellProgram,
  node: ts.ElementAccessExpression,
  x: string,
  at: string,
  isNumber: boolean,
): string {
  if (!isNumber) return `${x}.index(${at}).`;
  const written = [at];
  let outer = node;
  while (compiler.isElementAccessExpression(outer.parent) && outer.parent.expression === outer) {
    outer = outer.parent;
    written.push(shortText(outer.argumentExpression, "0"));
  }
  const { parent } = outer;
  const isTarget =
    compiler.isBinaryExpression(parent) &&
    parent.left === outer &&
    parent.operatorToken.kind >= compiler.SyntaxKind.FirstAssignment &&
    parent.operatorToken.kind <= compiler.SyntaxKind.LastAssignment;
  if (isTarget) return `its numbers are not set. Make another tensor: where(mask, value, ${x}), or cat([...]).`;
  const items = written.join(", ");
  if (written.length > 1 || items.includes(","))
    return `${x}.index(${items}), and await ${x}.index(${items}).item() for a number.`;
  const read = at.startsWith("-") ? `.at(${at})` : `[${at}]`;
  return `${x}.select(0, ${at}), or (await ${x}.data())${read} for a number.`;
}

const asyncLoop = (object: string): string => `for await (const each of ${object}) { ... }.`;
