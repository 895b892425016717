/** All names of a cell that nobody knows, in one block: what to import, and what to run first. */
import type ts from "typescript";
import { importLine, nodeImport, originOf } from "./exportsOf";
import { camelCase, isKnown, listed, nodeAt, outwards, type CellProgram } from "./found";
import { pythonCall } from "./pythonCalls";
import { pythonName, pythonType } from "./pythonNames";

/** "Cannot find name", "... namespace", "No value exists in scope for the shorthand property", "Do you need to install types". */
/** "Cannot find name ... Did you mean ...?". */
const SIMILAR = 2552;
const CODES = new Set([2304, 2503, 18004, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593, 2868, SIMILAR]);

export const isMissingName = ({ code }: ts.Diagnostic): boolean => CODES.has(code);

const RUN_ABOVE = "run the cells above (Run > Run All Above Selected Cell)";

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
  // What is spelt alike is worth a word where nothing is known about the name itself.
  const isAlone = names.length === 1 && first.code === SIMILAR;
  const lines = advice(cell, nodes);
  const title =
    isAlone && lines.every((line) => line.includes(RUN_ABOVE))
      ? String(first.messageText)
      : `Cannot find ${names.length === 1 ? "name" : "the names"} ${quoted}.`;
  return { ...first, messageText: [title, ...lines].join("\n  "), relatedInformation: [] };
}

function advice(cell: CellProgram, nodes: ReadonlyMap<string, ts.Node | null>): string[] {
  const lines: string[] = [];
  const imports = new Set<string>();
  const members: string[] = [];
  const unknown: string[] = [];
  for (const [name, node] of nodes) {
    if ((name === "iter" && nodes.has("next")) || isValueOfNamed(cell, node)) continue;
    const special = namedArgument(cell, name, node) ?? typeName(cell, name, node) ?? assignment(cell, name, node);
    const origin = originOf(cell, name);
    const python = origin?.write === name ? null : pythonAdvice(cell, name, node);
    if (special !== null) lines.push(...(lines.includes(special) ? [] : [special]));
    else if (python !== null) lines.push(python);
    else if (origin) {
      imports.add(origin.import);
      if (origin.write !== name) members.push(origin.write);
    } else if (nodeImport(cell, name) !== null) lines.push(`Import Node's ${name}: ${nodeImport(cell, name)}`);
    else unknown.push(name);
  }
  if (imports.size > 0) {
    const missing = [...imports].filter((name) => !isKnown(cell, name));
    if (members.length > 0) lines.unshift(`Write ${listed(members)}.`);
    if (missing.length > 0)
      lines.unshift(`The package has ${missing.length === 1 ? "it" : "them"}: ${importLine(missing)}`);
  }
  if (cell.facts.isFresh() && (unknown.length > 0 || imports.size > 0)) {
    lines.push(`No cell has declared anything yet, as after a restart: ${RUN_ABOVE}.`);
  } else if (unknown.length > 0) {
    const them = unknown.length === nodes.size ? (unknown.length === 1 ? "it" : "them") : listed(unknown);
    lines.push(`If a cell above declares ${them}, ${RUN_ABOVE}.`);
  }
  return withOptionsJoined(lines);
}

/** `new nn.Conv2d(1, 6, kernelSize=5)`. */
export function namedArgument({ compiler, checker }: CellProgram, name: string, node: ts.Node | null): string | null {
  const parent = node?.parent;
  if (!parent || !compiler.isBinaryExpression(parent) || parent.left !== node) return null;
  const call = parent.parent;
  if (!compiler.isCallExpression(call) && !compiler.isNewExpression(call)) return null;
  if (pythonName(call.expression.getText()) !== null) return null;
  const written = parent.right.getText();
  const value = /^(?:True|False|None)$/.test(written) ? (pythonName(written) ?? written) : written;
  const camel = camelCase(name === "axis" ? "dim" : name);
  const parameters = checker.getResolvedSignature(call)?.getParameters() ?? [];
  const place = parameters.findIndex((parameter) => parameter.name === camel);
  if (place >= 0) {
    return `${name}=${written} is Python. ${camel} is the ${ordinal(place + 1)} argument: write ${value} in its place.`;
  }
  return `${name}=${written} is Python. Options are an object at the end: { ${camel}: ${value} }.`;
}

const OPTION = /^(\S+) is Python\. Options are an object at the end: \{ (.*) \}\.$/s;

/** `{ batchSize: 8, shuffle: true }` for all that go into one object. */
function withOptionsJoined(lines: readonly string[]): string[] {
  const found = lines.flatMap((line) => {
    const [, written = "", option = ""] = OPTION.exec(line) ?? [];
    return written === "" ? [] : [{ written, option }];
  });
  if (found.length < 2) return [...lines];
  const names = listed(found.map(({ written }) => written));
  const all = found.map(({ option }) => option).join(", ");
  const joined = `${names} are Python. Options are one object at the end: { ${all} }.`;
  return [...lines.filter((line) => !OPTION.test(line)), joined];
}

/** `True` in `keepdim=True`, about which something is said already. */
function isValueOfNamed(cell: CellProgram, node: ts.Node | null): boolean {
  const parent = node?.parent;
  if (!parent || !cell.compiler.isBinaryExpression(parent) || parent.right !== node) return false;
  return pythonName(node.getText()) !== null && namedArgument(cell, parent.left.getText(), parent.left) !== null;
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

export const ASSIGNED_LIST = /^(\w+(?:\s*,\s*\w+)+)\s*=\s*([^=].*?);?$/;

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

/** `const n: int = 3`, and `n: int = 3`, which TypeScript reads as a label. */
function typeName({ compiler }: CellProgram, name: string, node: ts.Node | null): string | null {
  const type = pythonType(name);
  const parent = node?.parent;
  if (type === null || !parent) return null;
  if (compiler.isTypeReferenceNode(parent)) return `${name} is Python's. The type is ${type} here.`;
  const isAssigned = compiler.isBinaryExpression(parent) && parent.left === node;
  const label = isAssigned && parent.parent.parent;
  if (!label || !compiler.isLabeledStatement(label)) return null;
  return `Write let ${label.label.text}: ${type} = ${parent.right.getText().slice(0, 60)};`;
}

function pythonAdvice(cell: CellProgram, name: string, node: ts.Node | null): string | null {
  const { compiler } = cell;
  const library = node && pythonCall(cell, name, node);
  if (library) return library;
  const call = node?.parent;
  const isCall = call !== undefined && compiler.isCallExpression(call) && call.expression === node;
  const given = isCall ? call.arguments.map((each) => each.getText()).join(", ") : "";
  const instead = pythonName(name, given.length > 60 || given.includes("\n") ? "" : given);
  return instead === null ? null : `${name} is Python's. Write ${instead} instead.`;
}
