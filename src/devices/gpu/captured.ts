/**
 * Names that a function uses and does not declare. GPU.js reads the text of one self-contained function, so such names
 * must become constants. Compiled TypeScript reads a variable that its file exports as `exports.name`.
 */
import type { SyntaxNode } from "./gpujs";
import { acorn } from "./platform";

/** Names that every kernel has. */
const globals = new Set(["undefined", "NaN", "Infinity", "Math"]);

/** A place where a name is read: `K`, or `exports.K`. */
interface Reference {
  name: string;
  start: number;
  end: number;
  isExport: boolean;
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";

const childrenOf = (node: SyntaxNode): SyntaxNode[] => Object.values(node).flat().filter(isNode);

/** The syntax tree of a function, or of statements. */
function parsed(source: string): SyntaxNode {
  const options = { ecmaVersion: "latest", allowReturnOutsideFunction: true } as const;
  // A function without a name is an expression only.
  return /^\s*function\b/.test(source) ? acorn().parseExpressionAt(source, 0, options) : acorn().parse(source, options);
}

/** The parts of a node that declare names or are labels: patterns, whose identifiers are the names. */
function patternsIn(node: SyntaxNode): unknown[] {
  if (node.type === "VariableDeclarator") return [node.id];
  if (/Function/.test(node.type)) return [node.id, ...(node.params as unknown[])];
  if (/^(Labeled|Break|Continue)Statement$/.test(node.type)) return [node.label];
  return node.type === "CatchClause" ? [node.param] : [];
}

/** The identifiers of a pattern; the default values in it are no part of it. */
function namesOf(pattern: unknown): SyntaxNode[] {
  if (!isNode(pattern)) return [];
  if (pattern.type === "Identifier") return [pattern];
  if (pattern.type === "AssignmentPattern") return namesOf(pattern.left);
  if (pattern.type === "Property") return namesOf(pattern.value);
  return childrenOf(pattern).flatMap(namesOf);
}

/** The places where names are read that the text declares nowhere, and exports, in order. */
function referencesIn(source: string): Reference[] {
  const declared = new Set<string>();
  const references: Reference[] = [];
  const declarations = new Set<SyntaxNode>();
  const visit = (node: SyntaxNode): void => {
    const { type, start, end } = node;
    for (const pattern of patternsIn(node))
      for (const identifier of namesOf(pattern)) {
        declarations.add(identifier);
        declared.add(identifier.name as string);
      }
    if (type === "Identifier") {
      if (!declarations.has(node)) references.push({ name: node.name as string, start, end, isExport: false });
    } else if (type === "MemberExpression" && !node.computed) {
      const [object, property] = [node.object as SyntaxNode, node.property as SyntaxNode];
      if (object.type === "Identifier" && object.name === "exports")
        references.push({ name: property.name as string, start, end, isExport: true });
      else visit(object);
    } else if (type === "Property" && !node.computed) visit(node.value as SyntaxNode);
    else childrenOf(node).forEach(visit);
  };
  visit(parsed(source));
  return references
    .filter(({ name, isExport }) => isExport || (!declared.has(name) && !globals.has(name)))
    .sort((a, b) => a.start - b.start);
}

/** The names that the function takes from outside, `exports.K` as "K"; in the order in which they appear. */
export const capturedBy = (source: string): string[] => [...new Set(referencesIn(source).map(({ name }) => name))];

/** The text with the captured numbers as constants. A name that the function declares too means the outer one only as `exports.name`. */
export function withConstants(source: string, names: readonly string[]): string {
  let text = source;
  for (const { name, start, end } of referencesIn(source).reverse())
    if (names.includes(name)) text = `${text.slice(0, start)}this.constants.${name}${text.slice(end)}`;
  return text;
}
