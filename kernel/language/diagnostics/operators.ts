/** Operators that Python has for tensors, texts and lists, and JavaScript has not. */
import type ts from "typescript";
import { nameOfType, outwards, shortText, type CellProgram } from "./found";

/** Operators of numbers, and the method of a tensor. */
const METHODS: Record<string, string> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "**": "pow",
  ">": "gt",
  "<": "lt",
  ">=": "ge",
  "<=": "le",
  "==": "eq",
  "===": "eq",
  "!=": "ne",
  "!==": "ne",
  "&": "logicalAnd",
  "|": "logicalOr",
};

/** What stands for a method when its two sides change places. */
const SWAPPED: Record<string, string> = {
  ...{ add: "add", mul: "mul", eq: "eq", ne: "ne" },
  ...{ gt: "lt", lt: "gt", ge: "le", le: "ge" },
};

/** `x + y`, `2 * x`, `x > 0`. */
export function tensorOperator(
  { compiler, checker }: CellProgram,
  node: ts.Node,
  _found: ts.Diagnostic,
  text: string,
): string | null {
  if (text.includes("await")) return null;
  for (const around of outwards(node)) {
    if (!compiler.isBinaryExpression(around)) continue;
    const isTensor = (side: ts.Node): boolean => nameOfType(checker.getTypeAtLocation(side)) === "Tensor";
    const [left, right] = [isTensor(around.left), isTensor(around.right)];
    if (!left && !right) return null;
    const operator = around.operatorToken.getText();
    const method = METHODS[operator] ?? METHODS[operator.replace(/=$/, "")];
    if (!method) return null;
    const [a, b] = [shortText(around.left, "x"), shortText(around.right, "y")];
    if (left) {
      const target = /^(\+|-|\*|\/|\*\*)=$/.test(operator) ? `${a} = ` : "";
      return `Tensors have methods instead of operators: ${target}${a}.${method}(${b}).`;
    }
    if (SWAPPED[method]) return `Tensors have methods instead of operators: ${b}.${SWAPPED[method]}(${a}).`;
    return `Tensors have methods instead of operators: tensor(${a}).${method}(${b}).`;
  }
  return null;
}

/** `"a" * 3`, `[0] * 3`, `[1] + [2]`, `"%d" % x`, `0 < x < 1`, `x.shape == [2, 3]`. */
export function pythonOperator(
  { compiler, checker }: CellProgram,
  node: ts.Node,
  _found: ts.Diagnostic,
  text: string,
): string | null {
  if (text.includes("await")) return null;
  const around = [...outwards(node)].find(compiler.isBinaryExpression);
  if (!around) return null;
  const operator = around.operatorToken.getText();
  const [a, b] = [shortText(around.left, "a"), shortText(around.right, "b")];
  const left = checker.getTypeAtLocation(around.left);
  const right = checker.getTypeAtLocation(around.right);
  const isText = (type: ts.Type): boolean => (type.flags & compiler.TypeFlags.StringLike) !== 0;
  const isList = (type: ts.Type): boolean => /^(?:Readonly)?Array$/.test(nameOfType(type));
  if (operator === "*" && isText(left)) return `Write ${a}.repeat(${b}).`;
  if (operator === "*" && isText(right)) return `Write ${b}.repeat(${a}).`;
  if (operator === "*" && isList(left)) return `Write Array(${b}).fill(${inBrackets(a)}).`;
  if (operator === "+" && isList(left) && isList(right)) return `Write [...${a}, ...${b}].`;
  if (operator === "+=" && isList(left)) return `Write ${a}.push(...${b}).`;
  if (operator === "%" && isText(left)) return "Write values into a text in backticks: `${x.toFixed(2)}`.";
  if (/^[=!]==?$/.test(operator) && (isList(left) || isList(right))) {
    return `Lists are compared as texts: String(${a}) ${operator} String(${b}).`;
  }
  const inner = around.left;
  if (
    compiler.isBinaryExpression(inner) &&
    /^[<>]=?$/.test(inner.operatorToken.getText()) &&
    /^[<>]=?$/.test(operator)
  ) {
    return `Compare twice: ${shortText(inner, "a < x")} && ${shortText(inner.right, "x")} ${operator} ${b}.`;
  }
  return null;
}

const inBrackets = (list: string): string => /^\[([^,[\]]+)\]$/.exec(list)?.[1] ?? "0";
