/** One more line to what TypeScript says, where it does not say what to do. A rule that has nothing to add gives null. */
import type ts from "typescript";
import { importLine, originOf } from "./exportsOf";
import { nameOfType, nodeAt, outwards, shortText, type CellProgram } from "./found";
import { pythonLibrary } from "./pythonNames";
import { callPattern } from "./signatures";

type Rule = (cell: CellProgram, node: ts.Node, found: ts.Diagnostic, text: string) => string | null;

/** By the numbers of the diagnostics that they add to. */
const RULES: [codes: readonly number[], rule: Rule][] = [
  [[2365, 2362, 2363, 2356], tensorOperator],
  [[2339, 2551, 2493], hiddenName],
  [[2339], otherName],
  [[2349], notCallable],
  [[2488, 2461, 2548, 2549], asyncIteration],
  [[2554, 2555, 2345, 2322], shapeOfNumbers],
  [[2554, 2555, 2556, 2575, 2769], argumentsWanted],
  [[2305, 2724], exportElsewhere],
  [[2307, 2792], missingModule],
];

/** The first hint for a diagnostic of the cell. */
export function hintFor(cell: CellProgram, found: ts.Diagnostic, text: string): string | null {
  const node = nodeAt(cell, found.start ?? 0, found.length ?? 0);
  for (const [codes, rule] of node ? RULES : []) {
    const hint = codes.includes(found.code) && node ? rule(cell, node, found, text) : null;
    if (hint !== null) return hint;
  }
  return text.includes("await") ? null : forgottenAwait(cell, node, text);
}

/** TypeScript asks about an await in most places, but not in all. */
function forgottenAwait({ checker }: CellProgram, node: ts.Node | null, text: string): string | null {
  if (/'Promise<[^']*'/.test(text)) return "Did you forget to use 'await'?";
  return node && nameOfType(checker.getTypeAtLocation(node)) === "Promise"
    ? "Did you forget to use 'await'?"
    : null;
}

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
};

function tensorOperator({ compiler, checker }: CellProgram, node: ts.Node): string | null {
  for (const around of outwards(node)) {
    if (!compiler.isBinaryExpression(around)) continue;
    const isTensor = (side: ts.Node): boolean => nameOfType(checker.getTypeAtLocation(side)) === "Tensor";
    const [left, right] = [isTensor(around.left), isTensor(around.right)];
    if (!left && !right) return null;
    const operator = around.operatorToken.getText();
    const method = METHODS[operator.replace(/=$/, "")] ?? METHODS[operator];
    if (!method) return null;
    const [a, b] = [shortText(around.left, "x"), shortText(around.right, "y")];
    if (left) {
      const target = /^(\+|-|\*|\/|\*\*)=$/.test(operator) ? `${a} = ` : "";
      return `Tensors have methods instead of operators: ${target}${a}.${method}(${b}).`;
    }
    const swapped: Record<string, string> = {
      add: "add",
      mul: "mul",
      gt: "lt",
      lt: "gt",
      ge: "le",
      le: "ge",
    };
    if (swapped[method]) return `Tensors have methods instead of operators: ${b}.${swapped[method]}(${a}).`;
    return `Tensors have methods instead of operators: tensor(${a}).${method}(${b}).`;
  }
  return null;
}

/** `optim.SGD` after `let optim = 3`. */
function hiddenName(cell: CellProgram, node: ts.Node): string | null {
  const { parent } = node;
  if (!cell.compiler.isPropertyAccessExpression(parent) || !cell.compiler.isIdentifier(parent.expression))
    return null;
  return hidden(cell, parent.expression.text);
}

function hidden(cell: CellProgram, name: string): string | null {
  const by = cell.facts.hiddenBy(name);
  if (by === null) return null;
  const back = originOf(cell, name)
    ? `${importLine([name]).replace(/;$/, "")} brings the package's back`
    : `reset() brings the notebook's back`;
  return `${name} is a variable of yours since ${by}. Give that another name; ${back}.`;
}

/** PyTorch's and NumPy's names of what a tensor has under another one. */
const TENSOR_NAMES: Record<string, string> = {
  length: "x.shape[0]",
  ndim: "x.shape.length",
  dim: "x.shape.length",
  cuda: 'x.to("gpu")',
  cpu: 'x.to("cpu")',
  numpy: "await x.data()",
  tolist: "await x.data()",
  toList: "await x.data()",
  toArray: "await x.data()",
  map: "methods of tensors, or (await x.data()).map(...)",
  forEach: "for (const value of await x.data()) { ... }",
};

/** snake_case, names that are PyTorch's alone, and what lies in another namespace, such as `nn.relu`. */
function otherName(cell: CellProgram, node: ts.Node): string | null {
  const { compiler, checker } = cell;
  const { parent } = node;
  if (!compiler.isPropertyAccessExpression(parent)) return null;
  const name = node.getText();
  const type = checker.getTypeAtLocation(parent.expression);
  const camel = name.replace(/(?<=[a-z\d])_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const object = shortText(parent.expression, "x");
  if (camel !== name && checker.getPropertyOfType(checker.getApparentType(type), camel)) {
    return `Names are written without underscores here: ${object}.${camel}.`;
  }
  const other =
    nameOfType(type) === "Tensor" && Object.hasOwn(TENSOR_NAMES, name) ? TENSOR_NAMES[name] : undefined;
  return other === undefined ? null : `Write ${other.replace(/\bx\b/g, object)}.`;
}

function notCallable(cell: CellProgram, node: ts.Node): string | null {
  const { compiler } = cell;
  const { parent } = node;
  if (compiler.isIdentifier(node) && cell.facts.hiddenBy(node.text) !== null) return hidden(cell, node.text);
  const isProperty = compiler.isPropertyAccessExpression(parent) && parent.name === node;
  return isProperty
    ? `${node.getText()} is a value and no function. Write ${shortText(parent, "it")} without ().`
    : null;
}

function asyncIteration({ compiler, checker }: CellProgram, node: ts.Node): string | null {
  const type = checker.getTypeAtLocation(node);
  const isAsync = checker
    .getPropertiesOfType(type)
    .some(({ escapedName }) => String(escapedName).startsWith("__@asyncIterator"));
  if (!isAsync) return null;
  const loop = node.parent;
  const head = compiler.isForOfStatement(loop) ? loop.initializer.getText() : "const each";
  return `It gives its items one after another, with time between them. Write for await (${head} of ${shortText(node, "it")}) { ... }.`;
}

/** `randn(3, 4)`. */
function shapeOfNumbers(cell: CellProgram, node: ts.Node): string | null {
  const { compiler, checker } = cell;
  const isArgument = (around: ts.Node): boolean =>
    compiler.isCallExpression(around.parent) && around.parent.expression !== around;
  if (!isArgument(node)) return null;
  const call = node.parent as ts.CallExpression;
  const [first] = call.arguments;
  const parameter = checker.getResolvedSignature(call)?.getParameters()[0];
  if (!first || !parameter) return null;
  const wanted = checker.typeToString(checker.getTypeOfSymbolAtLocation(parameter, call));
  const isList = /^(?:Shape|readonly number\[\]|number\[\])$/.test(wanted);
  const areNumbers = call.arguments.every(
    (each) => (checker.getTypeAtLocation(each).flags & compiler.TypeFlags.NumberLike) !== 0,
  );
  if (!isList || !areNumbers) return null;
  const given = call.arguments.map((each) => each.getText()).join(", ");
  return `The numbers go into one list: ${shortText(call.expression, "f")}([${given}]).`;
}

function argumentsWanted(cell: CellProgram, node: ts.Node): string | null {
  for (const around of outwards(node)) {
    if (!cell.compiler.isCallExpression(around) && !cell.compiler.isNewExpression(around)) continue;
    return callPattern(cell, around);
  }
  return null;
}

/** `import { Conv2d } from "receptive"`. */
function exportElsewhere(
  cell: CellProgram,
  node: ts.Node,
  _found: ts.Diagnostic,
  text: string,
): string | null {
  if (!/'"receptive"'/.test(text)) return null;
  const name = node.getText();
  const origin = originOf(cell, name);
  if (!origin) return `help("receptive") shows what there is.`;
  return `${name} is ${origin.write}: ${importLine([origin.import])}`;
}

function missingModule(cell: CellProgram, node: ts.Node): string | null {
  const name = node.getText().replace(/^["'`]|["'`]$/g, "");
  if (/^\.{0,2}\//.test(name)) return `Relative to ${cell.facts.folder}.`;
  const python = pythonLibrary(name);
  if (python !== null) return `${name} is Python's. Write ${python}`;
  const pack = name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
  return `Install it beside the notebook (in a terminal in ${cell.facts.folder}): npm install ${pack}`;
}
