/** What tslab calls and TypeScript lacks or does otherwise: functions of the fork of TypeScript 5.0 that tslab was written for. */
import type ts from "typescript";
import { isAssigned } from "./transform";
import type { Entry } from "./inspection/entries";

/** Functions of TypeScript's that its types do not list. */
interface Internals {
  nullTransformationContext: ts.TransformationContext;
  Completions: { getCompletionsAtPosition: GetCompletions };
  SymbolDisplay: {
    getSymbolDisplayPartsDocumentationAndSymbolKind(
      checker: ts.TypeChecker,
      symbol: ts.Symbol,
      file: ts.SourceFile,
      container: ts.Node | undefined,
      at: ts.Node,
    ): Pick<ts.QuickInfo, "displayParts" | "documentation" | "tags"> & { symbolKind: ts.ScriptElementKind };
    getSymbolModifiers(checker: ts.TypeChecker, symbol: ts.Symbol): string;
  };
  getTouchingPropertyName(file: ts.SourceFile, position: number): ts.Node;
  getContainerNode(node: ts.Node): ts.Node | undefined;
  getContainingObjectLiteralElement(node: ts.Node): (ts.ObjectLiteralElement & { parent: ts.Expression }) | undefined;
  getPropertySymbolsFromContextualType(
    node: ts.Node,
    checker: ts.TypeChecker,
    type: ts.Type,
    unionSymbolOk: boolean,
  ): readonly ts.Symbol[];
  createTextSpanFromNode(node: ts.Node, file: ts.SourceFile): ts.TextSpan;
  typeToDisplayParts(checker: ts.TypeChecker, type: ts.Type, container: ts.Node | undefined): ts.SymbolDisplayPart[];
  isUnknownSymbol(symbol: ts.Symbol): boolean;
  isLabelName(node: ts.Node): boolean;
  isInComment(file: ts.SourceFile, position: number): unknown;
}

export type GetCompletions = (
  host: unknown,
  program: ts.Program,
  ...rest: unknown[]
) => (Omit<ts.CompletionInfo, "entries"> & { entries: Entry[] }) | undefined;

export interface TslabFunctions {
  getDefaultTypeRoots(folder: string, host: { directoryExists(path: string): boolean }): string[];
  getNullTransformationContext(): ts.TransformationContext;
  getPreEmitDiagnosticsOfFiles(program: ts.Program, files: readonly ts.SourceFile[]): ts.Diagnostic[];
  getQuickInfoAtPosition(
    file: ts.SourceFile,
    checker: ts.TypeChecker,
    token: unknown,
    position: number,
  ): ts.QuickInfo | undefined;
  /** With the symbols of the entries. */
  getCompletionsAtPosition: GetCompletions;
  /** Of what the user has written: TypeScript makes such statements of an enum and of a decorated class, too. */
  isExpressionStatement(node: ts.Node): boolean;
  /** Of a name that may stand for a variable: `a` of `const { a: x } = value` names a property. */
  isIdentifier(node: ts.Node): boolean;
}

export function tslabFunctions(compiler: typeof ts): TslabFunctions {
  const internals = compiler as unknown as Internals;

  /** What the name at a node stands for; in `f({ stride: 2 })` it is the option of `f`. */
  const symbolAt = (node: ts.Node, checker: ts.TypeChecker): ts.Symbol | undefined => {
    const element = internals.getContainingObjectLiteralElement(node);
    const type = element && checker.getContextualType(element.parent);
    const options = type && internals.getPropertySymbolsFromContextualType(element, checker, type, false);
    return options?.length === 1 ? options[0] : checker.getSymbolAtLocation(node);
  };

  /** `this`, `super`, and names that stand for nothing but have a type. */
  const hasType = (node: ts.Node, file: ts.SourceFile, position: number): boolean => {
    const { SyntaxKind } = compiler;
    if (compiler.isIdentifier(node)) return !internals.isLabelName(node);
    if (compiler.isPropertyAccessExpression(node) || compiler.isQualifiedName(node)) {
      return !internals.isInComment(file, position);
    }
    return [SyntaxKind.ThisKeyword, SyntaxKind.ThisType, SyntaxKind.SuperKeyword].includes(node.kind);
  };

  return {
    getDefaultTypeRoots: (folder, { directoryExists }) =>
      (compiler.getEffectiveTypeRoots({}, { getCurrentDirectory: () => folder }) ?? []).filter(directoryExists),

    getNullTransformationContext: () => internals.nullTransformationContext,

    // The diagnostics of the options are left out: they are tslab's, which names some that TypeScript has no more.
    getPreEmitDiagnosticsOfFiles: (program, files) => [
      ...compiler.sortAndDeduplicateDiagnostics(
        files.flatMap((file) => [
          ...program.getSyntacticDiagnostics(file),
          ...program.getSemanticDiagnostics(file),
          ...program.getDeclarationDiagnostics(file),
        ]),
      ),
    ],

    getQuickInfoAtPosition(file, checker, _token, position) {
      const touched = internals.getTouchingPropertyName(file, position);
      if (touched === file) return undefined;
      const { parent } = touched;
      const node = compiler.isNewExpression(parent) && touched.pos === parent.pos ? parent.expression : touched;
      const container = internals.getContainerNode(node);
      const textSpan = internals.createTextSpanFromNode(node, file);
      const symbol = symbolAt(node, checker);
      if (symbol && !(checker as unknown as Internals).isUnknownSymbol(symbol)) {
        const { symbolKind, ...shown } = internals.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind(
          checker,
          symbol,
          file,
          container,
          node,
        );
        const kindModifiers = internals.SymbolDisplay.getSymbolModifiers(checker, symbol);
        return { kind: symbolKind, kindModifiers, textSpan, ...shown };
      }
      if (!hasType(node, file, position)) return undefined;
      const type = checker.getTypeAtLocation(node);
      const ofType = type.getSymbol();
      return {
        kind: compiler.ScriptElementKind.unknown,
        kindModifiers: "",
        textSpan,
        displayParts: internals.typeToDisplayParts(checker, type, container),
        documentation: ofType?.getDocumentationComment(checker),
        tags: ofType?.getJsDocTags(checker),
      };
    },

    isExpressionStatement: (node) =>
      compiler.isExpressionStatement(node) && compiler.isExpressionStatement(compiler.getOriginalNode(node)),

    isIdentifier: (node) => compiler.isIdentifier(node) && !isPropertyOfPattern(compiler, node),

    getCompletionsAtPosition(_host, program, ...rest) {
      const host = {
        getCompilationSettings: () => program.getCompilerOptions(),
        getCurrentDirectory: () => program.getCurrentDirectory(),
      };
      return internals.Completions.getCompletionsAtPosition(host, program, ...rest, undefined, true);
    },
  };
}

/** Whether a name stands before the colon of `const { a: x } = value` or `({ a: x } = value)`. */
function isPropertyOfPattern(compiler: typeof ts, name: ts.Identifier): boolean {
  // A node that a transformer has made has no parent.
  const parent = name.parent as ts.Node | undefined;
  if (!parent) return false;
  if (compiler.isBindingElement(parent)) return parent.propertyName === name;
  return compiler.isPropertyAssignment(parent) && parent.name === name && isAssigned(compiler, parent.parent);
}
