/** One more line to what TypeScript says, where it does not say what to do. A rule that has nothing to add gives null. */
import type ts from "typescript";
import { dataArgument } from "./dataArguments";
import { importLine, originOf } from "./exportsOf";
import { camelCase, isKnown, nameOfType, nodeAt, outwards, shortText, type CellProgram } from "./found";
import { asyncIteration, keysInLoop, tensorIteration } from "./iteration";
import { ASSIGNED_LIST, namedArgument } from "./missingNames";
import { pythonOperator, tensorOperator } from "./operators";
import { pythonMember } from "./pythonMembers";
import { pythonLibrary } from "./pythonNames";
import { callPattern } from "./signatures";

type Rule = (cell: CellProgram, node: ts.Node, found: ts.Diagnostic, text: string) => string | null;

/** By the numbers of the diagnostics that they add to. */
const RULES: [codes: readonly number[], rule: Rule][] = [
  [[2365, 2362, 2363, 2356, 2367], tensorOperator],
  [[2365, 2362, 2363, 2367, 2839], pythonOperator],
  [[2339, 2551, 2493], hiddenName],
  [[2339, 2551], otherName],
  [[2349], notCallable],
  [[2488, 2461, 2548, 2549, 2495], tensorIteration],
  [[2488, 2461, 2548, 2549, 2495], asyncIteration],
  [[2491], keysInLoop],
  [[2554, 2555, 2345, 2322], shapeOfNumbers],
  [[2345, 2322, 2769, 2740, 2739], typedArray],
  [[2345, 2322, 2769, 2740, 2739, 2559], dataArgument],
  [[2345, 2322, 2769, 2820], deviceName],
  [[2345, 2322, 2769, 2353, 2559, 2561], noSuchOption],
  [[2554, 2555, 2556, 2559, 2353, 2561, 2575, 2769], argumentsWanted],
  [[2588], constant],
  [[2695], commas],
  [[1108], () => "The value of a cell is its last expression: write it without return."],
  [[1127, 18016], commentSign],
  [[2305, 2724], exportElsewhere],
  [[2307, 2792], missingModule],
];

/** The first hint for a diagnostic of the cell. */
export function hintFor(cell: CellProgram, found: ts.Diagnostic, text: string): string | null {
  const node = nodeAt(cell, found.start ?? 0, found.length ?? 0);
  for (const [codes, rule] of RULES) {
    const hint = codes.includes(found.code) ? rule(cell, node ?? cell.cell, found, text) : null;
    if (hint !== null) return hint;
  }
  return text.includes("await") ? null : forgottenAwait(cell, node, text);
}

/** TypeScript asks about an await in most places, but not in all. */
function forgottenAwait({ checker }: CellProgram, node: ts.Node | null, text: string): string | null {
  if (text.includes("Promise<")) return "Did you forget to use 'await'?";
  return node && nameOfType(checker.getTypeAtLocation(node)) === "Promise" ? "Did you forget to use 'await'?" : null;
}

/** `optim.SGD` after `let optim = 3`. */
function hiddenName(cell: CellProgram, node: ts.Node): string | null {
  const { parent } = node;
  if (!cell.compiler.isPropertyAccessExpression(parent) || !cell.compiler.isIdentifier(parent.expression)) return null;
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

/** snake_case, and names that are Python's, PyTorch's or NumPy's alone. */
function otherName(cell: CellProgram, node: ts.Node): string | null {
  const { compiler, checker } = cell;
  const { parent } = node;
  if (!compiler.isPropertyAccessExpression(parent)) return null;
  const name = node.getText();
  const type = checker.getApparentType(checker.getTypeAtLocation(parent.expression));
  const has = (each: string): boolean => checker.getPropertyOfType(type, each) !== undefined;
  const camel = camelCase(name);
  const object = shortText(parent.expression, "x");
  if (camel !== name && has(camel)) return `Names are written without underscores here: ${object}.${camel}.`;
  const call = parent.parent;
  const given =
    compiler.isCallExpression(call) && call.expression === parent
      ? call.arguments.map((each) => each.getText()).join(", ")
      : null;
  const isModule = has("namedParameters") && has("forward");
  const instead = pythonMember(isModule ? "Module" : nameOfType(type) || baseName(compiler, type), name);
  if (instead !== null) {
    const short = given === null || given.length > 40 || given.includes("\n") ? "..." : given;
    return `Write ${instead.replace(/\bx\b/g, () => object).replace(/\$args/g, () => short)}.`;
  }
  const origin = /^(?:nn|F|optim|transforms|datasets|models)$/.test(object) ? originOf(cell, camel) : null;
  if (!origin || origin.write === `${object}.${name}`) return null;
  return `It is ${origin.write}${isKnown(cell, origin.import) ? "" : `: ${importLine([origin.import])}`}.`.replace(
    /;\.$/,
    ";",
  );
}

const baseName = ({ TypeFlags }: typeof ts, { flags }: ts.Type): string =>
  flags & TypeFlags.StringLike ? "String" : flags & TypeFlags.NumberLike ? "Number" : "Object";

function notCallable(cell: CellProgram, node: ts.Node): string | null {
  const { compiler } = cell;
  const { parent } = node;
  if (compiler.isIdentifier(node) && cell.facts.hiddenBy(node.text) !== null) return hidden(cell, node.text);
  const isProperty = compiler.isPropertyAccessExpression(parent) && parent.name === node;
  return isProperty
    ? `${node.getText()} is a value and no function. Write ${shortText(parent, "it")} without ().`
    : null;
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
  const call = callAround(cell, node);
  if (call && cell.compiler.isNewExpression(call) && /^(?:\w+\.)?Tensor$/.test(call.expression.getText())) {
    return `Tensors are made without new: tensor(${call.arguments?.[0]?.getText().slice(0, 60) ?? "[1, 2]"}).`;
  }
  return call && callPattern(cell, call);
}

/** The call that a node is an argument of, or stands in the options of. */
function callAround({ compiler }: CellProgram, node: ts.Node): ts.CallExpression | ts.NewExpression | null {
  for (const around of outwards(node)) {
    if (compiler.isCallExpression(around) || compiler.isNewExpression(around)) return around;
    if (compiler.isFunctionLike(around) || compiler.isStatement(around)) return null;
  }
  return null;
}

/** `{ weight_decay: 1 }`, `{ kernel: 2 }`. */
function noSuchOption(cell: CellProgram, node: ts.Node, _found: ts.Diagnostic, text: string): string | null {
  const [, name, suggested] = /'([^']+)' does not exist in type|Did you mean to write '([^']+)'/.exec(text) ?? [];
  if (name === undefined && suggested === undefined) return null;
  const call = callAround(cell, node);
  const camel = camelCase(name ?? "");
  const pattern = call && callPattern(cell, call);
  return camel !== (name ?? "") && pattern && new RegExp(`\\b${camel}\\b`).test(pattern)
    ? `Names are written without underscores here: ${camel}.`
    : pattern;
}

/** An array of numbers where an Int32Array is wanted. */
function typedArray(
  { compiler, checker }: CellProgram,
  node: ts.Node,
  _found: ts.Diagnostic,
  text: string,
): string | null {
  const wanted = /(?:to (?:parameter of )?|from )type '(\w+Array)(?:<\w+>)?'/.exec(text)?.[1];
  const { parent } = node;
  const value = compiler.isVariableDeclaration(parent) ? (parent.initializer ?? node) : node;
  if (wanted === undefined || nameOfType(checker.getTypeAtLocation(value)) !== "Array") return null;
  return `Write ${wanted}.from(${shortText(value, "numbers")}).`;
}

/** "cuda" where a device is wanted. */
function deviceName(_cell: CellProgram, node: ts.Node, _found: ts.Diagnostic, text: string): string | null {
  const written =
    /^["'`](cuda|mps|xpu)(?::\d+)?["'`]$/.exec(node.getText())?.[1] ?? /'"(cuda|mps|xpu)[:\d]*"'/.exec(text)?.[1];
  return written === undefined ? null : `Graphics cards of all makers are "gpu" here; the default is "cpu".`;
}

/** `total += 1` after `const total = 0`; `F.conv2d(x, w, null, padding=1)` where there is a `padding`. */
function constant(cell: CellProgram, node: ts.Node): string | null {
  const name = node.getText();
  const argument = namedArgument(cell, name, node);
  return argument ?? `What changes is declared with let: let ${name} = ...;`;
}

/** `x[0, 1]`, `a, b = b, a`. */
function commas({ compiler, checker }: CellProgram, node: ts.Node): string | null {
  for (const around of outwards(node)) {
    if (compiler.isElementAccessExpression(around)) {
      const x = shortText(around.expression, "x");
      const isTensor = nameOfType(checker.getTypeAtLocation(around.expression)) === "Tensor";
      const at = around.argumentExpression.getText();
      return isTensor ? `Write ${x}.index(${at}).` : `Write ${x}[${at.replace(/\s*,\s*/g, "][")}].`;
    }
    if (!compiler.isExpressionStatement(around)) continue;
    const [, names, values] = ASSIGNED_LIST.exec(around.getText()) ?? [];
    return names === undefined ? null : `Write [${names}] = ${values?.includes(",") ? `[${values}]` : values};`;
  }
  return null;
}

/** `#comment`, which is no Python for sure: a class may have a private `#comment`. */
function commentSign({ cell }: CellProgram, _node: ts.Node, { start = 0 }: ts.Diagnostic): string | null {
  return cell.text[start] === "#" ? "A comment begins with //." : null;
}

/** `import { Conv2d } from "receptive"`. */
function exportElsewhere(cell: CellProgram, node: ts.Node, _found: ts.Diagnostic, text: string): string | null {
  if (!text.includes('"receptive"') || text.includes("Did you mean")) return null;
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
