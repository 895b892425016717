/** All names of a cell that nobody knows, in one block: what to import, and what to run first. */
import type ts from "typescript";
import { importLine, nodeImport, originOf } from "./exportsOf";
import { listed, nodeAt, outwards, type CellProgram } from "./found";
import { pythonName } from "./pythonNames";

/** "Cannot find name", "... namespace", "No value exists in scope for the shorthand property", "Do you need to install types". */
const CODES = new Set([2304, 2503, 18004, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593, 2868]);

export const isMissingName = ({ code }: ts.Diagnostic): boolean => CODES.has(code);

const RUN_ABOVE = "run the cells above first (Run > Run All Above Selected Cell)";

/** One diagnostic in place of all that are about unknown names; it stands where the first of them stood. */
export function joinMissingNames(cell: CellProgram, missing: readonly ts.Diagnostic[]): ts.Diagnostic | null {
  const [first] = missing;
  if (!first) return null;
  const nodes = new Map<string, ts.Node | null>();
  for (const { start = 0, length = 0 } of missing) {
    const name = cell.cell.text.slice(start, start + length);
    if (!nodes.has(name)) nodes.set(name, nodeAt(cell, start, length));
  }
  const names = [...nodes.keys()];
  const quoted = listed(names.map((name) => `'${name}'`));
  const title = `Cannot find ${names.length === 1 ? "name" : "the names"} ${quoted}.`;
  return { ...first, messageText: [title, ...advice(cell, nodes)].join("\n  ") };
}

function advice(cell: CellProgram, nodes: ReadonlyMap<string, ts.Node | null>): string[] {
  const lines: string[] = [];
  const imports = new Set<string>();
  const members: string[] = [];
  const unknown: string[] = [];
  for (const [name, node] of nodes) {
    const special = namedArgument(cell, name, node) ?? assignment(cell, name, node);
    const origin = originOf(cell, name);
    const python = origin?.write === name ? null : pythonAdvice(cell, name, node);
    if (special !== null) lines.push(...(lines.includes(special) ? [] : [special]));
    else if (python !== null) lines.push(python);
    else if (origin) {
      imports.add(origin.import);
      if (origin.write !== name) members.push(origin.write);
    } else if (nodeImport(name) !== null) lines.push(`Import Node's ${name}: ${nodeImport(name)}`);
    else unknown.push(name);
  }
  if (imports.size > 0) {
    const missing = [...imports].filter((name) => !isKnown(cell, name));
    if (members.length > 0) lines.unshift(`Write ${listed(members)}.`);
    if (missing.length > 0)
      lines.unshift(`The package has ${missing.length === 1 ? "it" : "them"}: ${importLine(missing)}`);
  }
  if (cell.facts.isFresh() && (unknown.length > 0 || imports.size > 0)) {
    lines.push(`The kernel has just started and knows no variables: ${RUN_ABOVE}.`);
  } else if (unknown.length > 0) {
    const them = unknown.length === nodes.size ? (unknown.length === 1 ? "it" : "them") : listed(unknown);
    lines.push(`If a cell above declares ${them}, ${RUN_ABOVE}.`);
  }
  return lines;
}

/** Whether the cell can use a name. */
function isKnown({ compiler, checker, cell }: CellProgram, name: string): boolean {
  return checker
    .getSymbolsInScope(cell, compiler.SymbolFlags.Value | compiler.SymbolFlags.Alias)
    .some((symbol) => symbol.name === name);
}

/** `new nn.Conv2d(1, 6, kernelSize=5)`. */
function namedArgument(
  { compiler, checker }: CellProgram,
  name: string,
  node: ts.Node | null,
): string | null {
  const parent = node?.parent;
  if (!parent || !compiler.isBinaryExpression(parent) || parent.left !== node) return null;
  const call = parent.parent;
  if (!compiler.isCallExpression(call) && !compiler.isNewExpression(call)) return null;
  if (pythonName(call.expression.getText()) !== null) return null;
  const value = parent.right.getText();
  const camel = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const parameters = checker.getResolvedSignature(call)?.getParameters() ?? [];
  const place = parameters.findIndex((parameter) => parameter.name === camel);
  if (place >= 0) {
    return `${name}=${value} is Python. ${camel} is the ${ordinal(place + 1)} argument: write ${value} in its place.`;
  }
  return `${name}=${value} is Python. Options are an object at the end: { ${camel}: ${value} }.`;
}

const ordinal = (n: number): string => ["first", "second", "third", "fourth", "fifth"][n - 1] ?? `${n}th`;

/** Ranges in which further diagnostics say nothing of their own: `stride=2` as an argument, `a, b = 1, 2`. */
export function explainedBy(cell: CellProgram, missing: readonly ts.Diagnostic[]): ts.Node[] {
  return missing.flatMap(({ start = 0, length = 0 }) => {
    const node = nodeAt(cell, start, length);
    const name = node?.getText() ?? "";
    if (node && namedArgument(cell, name, node) !== null) return [node.parent];
    const list = node && assignedList(cell, node);
    return list ? [list] : [];
  });
}

/** `a, b = 1, 2` as a statement. */
function assignedList({ compiler }: CellProgram, node: ts.Node): ts.Statement | null {
  for (const around of outwards(node)) {
    if (compiler.isExpressionStatement(around)) return ASSIGNED_LIST.test(around.getText()) ? around : null;
    if (!compiler.isIdentifier(around) && !compiler.isBinaryExpression(around)) return null;
  }
  return null;
}

const ASSIGNED_LIST = /^(\w+(?:\s*,\s*\w+)+)\s*=\s*([^=].*?);?$/;

/** `x = 5` before anything has declared x. */
function assignment(cell: CellProgram, name: string, node: ts.Node | null): string | null {
  const { compiler } = cell;
  const parent = node?.parent;
  if (!parent || !compiler.isBinaryExpression(parent)) return null;
  const [, names, values] = ASSIGNED_LIST.exec(assignedList(cell, node)?.getText() ?? "") ?? [];
  if (names !== undefined) {
    const value = values?.includes(",") ? `[${values}]` : values;
    return `Declare several names at once in a list: let [${names}] = ${value};`;
  }
  if (parent.left !== node || parent.operatorToken.kind !== compiler.SyntaxKind.EqualsToken) return null;
  if (!compiler.isExpressionStatement(parent.parent)) return null;
  return `Declare ${name} at its first assignment: let ${name} = ${parent.right.getText().slice(0, 60)};`;
}

function pythonAdvice({ compiler }: CellProgram, name: string, node: ts.Node | null): string | null {
  const call = node?.parent;
  const isCall = call !== undefined && compiler.isCallExpression(call) && call.expression === node;
  const given = isCall ? call.arguments.map((each) => each.getText()).join(", ") : "";
  const instead = pythonName(name, given.length > 60 || given.includes("\n") ? "" : given);
  return instead === null ? null : `${name} is Python's. Write ${instead} instead.`;
}
