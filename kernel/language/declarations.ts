/** Declarations of a notebook's variables, as text: what the type checker knows of earlier cells. */
import type ts from "typescript";

/** Statements of a declaration text, restricted to the names for which `keep` says yes. */
function restrict(compiler: typeof ts, text: string, keep: (name: string) => boolean): string {
  const source = compiler.createSourceFile("previous.d.ts", text, compiler.ScriptTarget.ES2022, true);
  const printer = compiler.createPrinter();
  const { factory } = compiler;
  const kept: string[] = [];
  const print = (node: ts.Node): void => {
    kept.push(printer.printNode(compiler.EmitHint.Unspecified, node, source));
  };

  for (const statement of source.statements) {
    if (compiler.isVariableStatement(statement)) {
      const { declarationList: list, modifiers } = statement;
      const rest = list.declarations.filter(({ name }) => !compiler.isIdentifier(name) || keep(name.text));
      if (rest.length === 0) continue;
      const newList = factory.updateVariableDeclarationList(list, rest);
      print(factory.updateVariableStatement(statement, modifiers, newList));
    } else if (compiler.isImportDeclaration(statement)) {
      const restricted = restrictImport(compiler, statement, keep);
      if (restricted) print(restricted);
    } else {
      const named = statement as ts.Statement & { name?: ts.Node };
      const isNamed = named.name !== undefined && compiler.isIdentifier(named.name);
      if (isNamed ? keep((named.name as ts.Identifier).text) : keep("")) print(statement);
    }
  }
  return kept.length === 0 ? "" : kept.join("\n") + "\n";
}

function restrictImport(
  compiler: typeof ts,
  node: ts.ImportDeclaration,
  keep: (name: string) => boolean,
): ts.ImportDeclaration | null {
  const { factory } = compiler;
  const clause = node.importClause;
  if (!clause) return null;
  const name = clause.name && keep(clause.name.text) ? clause.name : undefined;
  let bindings = clause.namedBindings;
  if (bindings && compiler.isNamespaceImport(bindings)) {
    if (!keep(bindings.name.text)) bindings = undefined;
  } else if (bindings) {
    const elements = bindings.elements.filter((element) => keep(element.name.text));
    bindings = elements.length > 0 ? factory.updateNamedImports(bindings, elements) : undefined;
  }
  if (!name && !bindings) return null;
  const newClause = factory.updateImportClause(clause, clause.phaseModifier, name, bindings);
  return factory.createImportDeclaration(node.modifiers, newClause, node.moduleSpecifier, node.attributes);
}

/**
 * What is declared after a cell that ended early: of its own names those that have a value, and for the others what
 * the earlier cells said.
 */
export function withoutMissing(
  compiler: typeof ts,
  previous: string,
  next: string,
  missing: ReadonlySet<string>,
): string {
  if (missing.size === 0) return next;
  const kept = restrict(compiler, next, (name) => !missing.has(name));
  const restored = restrict(compiler, previous, (name) => missing.has(name));
  return kept + restored;
}
