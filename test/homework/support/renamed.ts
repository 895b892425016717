/** The same program with other names for its parameters and variables: a hint that reads the text would be lost. */
import ts from "typescript";

/** @param code functions and classes; what is declared outside of them keeps its name */
export function renamed(code: string): string {
  const file = ts.createSourceFile("answer.ts", code, ts.ScriptTarget.Latest, true);
  const names = new Map<string, string>();
  const declare = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.set(name.text, names.get(name.text) ?? `renamed${names.size}`);
    else for (const element of name.elements) if (ts.isBindingElement(element)) declare(element.name);
  };
  const isInside = (node: ts.Node): boolean =>
    ts.findAncestor(node, (each) => ts.isFunctionLike(each) && each !== node) !== undefined;
  const collect = (node: ts.Node): void => {
    const isParameter = ts.isParameter(node) && !isOfType(node) && !isThis(node);
    if (isParameter || (ts.isVariableDeclaration(node) && isInside(node))) declare(node.name);
    ts.forEachChild(node, collect);
  };
  collect(file);

  let [text, done] = ["", 0];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && names.has(node.text)) {
      const other = replacement(node, names.get(node.text)!);
      if (other !== null) {
        text += code.slice(done, node.getStart()) + other;
        done = node.end;
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return text + code.slice(done);
}

/** `this: Kernel` says what `this` is; it is no parameter. */
const isThis = ({ name }: ts.ParameterDeclaration): boolean => ts.isIdentifier(name) && name.text === "this";

/** `(x: number) => number` as a type declares nothing; neither does a property that a constructor's parameter makes. */
const isOfType = (node: ts.ParameterDeclaration): boolean =>
  ts.isFunctionTypeNode(node.parent) ||
  ts.isMethodSignature(node.parent) ||
  ts.isIndexSignatureDeclaration(node.parent) ||
  node.modifiers !== undefined;

/** Null where the identifier names a property. */
function replacement(node: ts.Identifier, other: string): string | null {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return null;
  if (ts.isShorthandPropertyAssignment(parent)) return `${node.text}: ${other}`;
  if (ts.isBindingElement(parent)) {
    if (parent.propertyName === node) return null;
    const isShort = parent.name === node && !parent.propertyName && !parent.dotDotDotToken;
    return isShort && ts.isObjectBindingPattern(parent.parent) ? `${node.text}: ${other}` : other;
  }
  const isName =
    (ts.isPropertyAssignment(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isParameter(parent) ||
      ts.isQualifiedName(parent)) &&
    (parent as { name?: ts.Node }).name === node;
  if (isName && !ts.isParameter(parent)) return null;
  return ts.isParameter(parent) && isOfType(parent) ? null : other;
}
