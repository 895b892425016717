import type ts from "typescript";

/** The names that a declaration's left side declares: `a`, or those of a pattern. */
export const boundNames = (compiler: typeof ts, name: ts.BindingName): string[] =>
  compiler.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((part) => (compiler.isOmittedExpression(part) ? [] : boundNames(compiler, part.name)));

/** The names that a statement declares, as a variable, function, class, enum or type. */
export function namesOf(compiler: typeof ts, statement: ts.Statement): string[] {
  if (compiler.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(compiler, name));
  const { name } = statement as { name?: ts.Node };
  return name && compiler.isIdentifier(name) ? [name.text] : [];
}

/** The names that a cell's text declares outside of functions and blocks, as far as it can be read. */
export const topLevelNames = (compiler: typeof ts, source: string): string[] =>
  compiler
    .createSourceFile("cell.ts", source, compiler.ScriptTarget.Latest, false)
    .statements.flatMap((statement) => namesOf(compiler, statement));
