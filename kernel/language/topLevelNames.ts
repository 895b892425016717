import type ts from "typescript";

/** The names that a cell's text declares outside of functions and blocks, as far as it can be read. */
export function topLevelNames(compiler: typeof ts, source: string): string[] {
  const file = compiler.createSourceFile("cell.ts", source, compiler.ScriptTarget.Latest, false);
  const names = (name: ts.BindingName): string[] =>
    compiler.isIdentifier(name)
      ? [name.text]
      : name.elements.flatMap((part) => (compiler.isOmittedExpression(part) ? [] : names(part.name)));
  return file.statements.flatMap((statement) => {
    if (compiler.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) => names(name));
    const isNamed = compiler.isFunctionDeclaration(statement) || compiler.isClassDeclaration(statement);
    return isNamed && statement.name ? [statement.name.text] : [];
  });
}
