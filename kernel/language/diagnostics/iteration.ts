/** Loops over what is not an array, and what is taken apart like one. */
import type ts from "typescript";
import { isAsyncIterable, nameOfType, outwards, shortText, type CellProgram } from "./found";

/** `for (const row of x)`, `const [a, b] = x`. */
export function tensorIteration({ checker, compiler }: CellProgram, node: ts.Node): string | null {
  const value = iterated(compiler, node);
  if (!value || nameOfType(checker.getTypeAtLocation(value)) !== "Tensor") return null;
  const x = shortText(value, "x");
  return `Write ${x}.unbind() for its rows, or await ${x}.data() for its numbers.`;
}

/** What is taken apart: what stands behind `of`, `...` or the `=` of `const [a, b] =`. */
function iterated(compiler: typeof ts, node: ts.Node): ts.Node | null {
  const { parent } = node;
  if (!compiler.isArrayBindingPattern(node) && !compiler.isArrayLiteralExpression(node)) return node;
  if (compiler.isVariableDeclaration(parent)) {
    const loop = parent.parent.parent;
    return compiler.isForOfStatement(loop) ? null : (parent.initializer ?? null);
  }
  return compiler.isBinaryExpression(parent) && parent.left === node ? parent.right : null;
}

export function asyncIteration({ compiler, checker }: CellProgram, node: ts.Node): string | null {
  const value = iterated(compiler, node);
  if (!value || !isAsyncIterable(checker, checker.getTypeAtLocation(value))) return null;
  const loop = value.parent;
  const names = compiler.isForOfStatement(loop)
    ? loop.initializer.getText()
    : value === node
      ? "const each"
      : `const ${node.getText()}`;
  return `It gives its items one after another, with time between them. Write for await (${names} of ${shortText(value, "it")}) { ... }.`;
}

/** `for (const [x, y] in loader)`. */
export function keysInLoop({ compiler, checker }: CellProgram, node: ts.Node): string | null {
  for (const around of outwards(node)) {
    if (!compiler.isForInStatement(around)) continue;
    const type = checker.getTypeAtLocation(around.expression);
    const wait = isAsyncIterable(checker, type) ? "await " : "";
    return `for ... in gives the names of fields. Write for ${wait}(${around.initializer.getText()} of ${shortText(around.expression, "list")}) { ... }.`;
  }
  return null;
}
