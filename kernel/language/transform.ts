/** Rewrites the JavaScript of a cell: guards in loops, and variables that are exported live (see scope.ts). */
import type ts from "typescript";
import { boundNames, namesOf } from "./topLevelNames";

export interface CellShape {
  /** Names that the cell exports, the last expression's included. */
  declared: Set<string>;
  /** Those of them that can change later: `let` and `var`. */
  live: Set<string>;
  /** The modules it imports, those of `import()` not included. */
  imports: string[];
  /** Names that an import declares. */
  imported: Set<string>;
  /** True if it awaits outside any function. */
  isAsync: boolean;
  /** True if its last expression prints, so that its value says nothing. */
  endsInPrint: boolean;
}

/** The name under which a cell's function gets `Interrupts.guard`. */
export const GUARD = "$receptiveGuard";
/** The property of our `require` that stands for `import()`. */
export const DYNAMIC_IMPORT = "$receptiveImport";

type Compiler = typeof ts;

/** What the ES module text of a cell declares. */
export function shapeOf(compiler: Compiler, source: ts.SourceFile): CellShape {
  const declared = new Set<string>();
  const live = new Set<string>();
  let isAsync = false;

  const visit = (node: ts.Node, top: boolean): void => {
    if (compiler.isFunctionLike(node) || compiler.isClassLike(node)) return;
    isAsync ||= compiler.isAwaitExpression(node);
    isAsync ||= compiler.isForOfStatement(node) && node.awaitModifier !== undefined;
    if (compiler.isVariableDeclarationList(node)) {
      const isConst = (node.flags & compiler.NodeFlags.Const) !== 0;
      const isLet = (node.flags & compiler.NodeFlags.Let) !== 0;
      if (!isConst && (top || !isLet)) {
        for (const { name } of node.declarations) for (const text of boundNames(compiler, name)) live.add(text);
      }
    }
    const below = top && (compiler.isSourceFile(node) || compiler.isVariableStatement(node));
    compiler.forEachChild(node, (child) => visit(child, below));
  };
  visit(source, true);

  for (const statement of source.statements) {
    if (compiler.isExportDeclaration(statement)) {
      const clause = statement.exportClause;
      if (!clause || !compiler.isNamedExports(clause)) continue;
      for (const element of clause.elements) declared.add(element.name.text);
    } else if (isExported(compiler, statement)) {
      // The user's own `export`, or the last expression: TypeScript keeps these in `exports` only.
      for (const name of namesOf(compiler, statement)) {
        declared.add(name);
        live.delete(name);
      }
    }
  }
  for (const name of live) if (!declared.has(name)) live.delete(name);
  const imported = new Set(
    source.statements.flatMap((statement) =>
      compiler.isImportDeclaration(statement) ? importedNames(compiler, statement) : [],
    ),
  );
  const endsInPrint = printsLast(compiler, source);
  return { declared, live, imports: importsOf(compiler, source), imported, isAsync, endsInPrint };
}

/** `process.stdout.write("text")` as the last expression, which gives `true`. */
function printsLast(compiler: Compiler, source: ts.SourceFile): boolean {
  const last = source.statements.filter((each) => isExported(compiler, each)).at(-1);
  const list = last && compiler.isVariableStatement(last) ? last.declarationList : undefined;
  const call = list?.declarations[0]?.initializer;
  if (!call || !compiler.isCallExpression(call) || !compiler.isPropertyAccessExpression(call.expression)) return false;
  const { name, expression: stream } = call.expression;
  const on = compiler.isPropertyAccessExpression(stream) ? stream.name : stream;
  return name.text === "write" && compiler.isIdentifier(on) && /^std(out|err)$/.test(on.text);
}

/** The modules that an ES module text imports. */
function importsOf(compiler: Compiler, source: ts.SourceFile): string[] {
  return source.statements.flatMap((statement) => {
    const isImport = compiler.isImportDeclaration(statement) || compiler.isExportDeclaration(statement);
    const from = isImport ? statement.moduleSpecifier : undefined;
    return from && compiler.isStringLiteral(from) ? [from.text] : [];
  });
}

/** Of a file beside the notebook, whose names are exported in the ordinary way. */
export function shapeOfFile(compiler: Compiler, source: ts.SourceFile): CellShape {
  const imports = importsOf(compiler, source);
  return {
    declared: new Set(),
    live: new Set(),
    imported: new Set(),
    imports,
    isAsync: false,
    endsInPrint: false,
  };
}

function importedNames(compiler: Compiler, { importClause: clause }: ts.ImportDeclaration): string[] {
  const bindings = clause?.namedBindings;
  const names = bindings
    ? compiler.isNamespaceImport(bindings)
      ? [bindings.name]
      : bindings.elements.map(({ name }) => name)
    : [];
  return [...(clause?.name ? [clause.name] : []), ...names].map(({ text }) => text);
}

function isExported(compiler: Compiler, statement: ts.Statement): boolean {
  const modifiers = compiler.canHaveModifiers(statement) ? compiler.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === compiler.SyntaxKind.ExportKeyword) === true;
}

/** A transformer for the CommonJS text of a cell. Guards are always put in; {@link CellShape} decides on the exports. */
export function cellTransformer(compiler: Compiler, shape: CellShape): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (source) => {
    const { factory } = context;

    /** The name in `exports.name`, or null. */
    const exported = (node: ts.Node): string | null =>
      compiler.isPropertyAccessExpression(node) &&
      compiler.isIdentifier(node.expression) &&
      node.expression.text === "exports"
        ? node.name.text
        : null;

    /** `exports.a = exports.b = void 0`, which would forget the variables of earlier cells. */
    const isReset = (statement: ts.Statement): boolean => {
      if (!compiler.isExpressionStatement(statement)) return false;
      let node = statement.expression;
      if (!compiler.isBinaryExpression(node)) return false;
      while (compiler.isBinaryExpression(node)) {
        const name = exported(node.left);
        if (name === null || !shape.declared.has(name)) return false;
        node = node.right;
      }
      return compiler.isVoidExpression(node);
    };

    const guarded = (body: ts.Statement): ts.Block => {
      const call = factory.createExpressionStatement(
        factory.createCallExpression(factory.createIdentifier(GUARD), undefined, []),
      );
      return compiler.isBlock(body)
        ? factory.updateBlock(body, [call, ...body.statements])
        : factory.createBlock([call, body]);
    };

    const visit = (node: ts.Node): ts.Node => {
      const done = compiler.visitEachChild(node, visit, context);
      if (compiler.isCallExpression(done) && exported(done.expression) !== null) {
        // A function of an earlier cell is called without `this`, as in its own cell.
        const callee = factory.createComma(factory.createNumericLiteral(0), done.expression);
        const wrapped = factory.createParenthesizedExpression(callee);
        return factory.updateCallExpression(done, wrapped, done.typeArguments, done.arguments);
      }
      if (compiler.isForStatement(done)) {
        const { initializer, condition, incrementor } = done;
        return factory.updateForStatement(done, initializer, condition, incrementor, guarded(done.statement));
      }
      if (compiler.isForOfStatement(done)) {
        const { awaitModifier, initializer, expression } = done;
        return factory.updateForOfStatement(done, awaitModifier, initializer, expression, guarded(done.statement));
      }
      if (compiler.isForInStatement(done)) {
        return factory.updateForInStatement(done, done.initializer, done.expression, guarded(done.statement));
      }
      if (compiler.isWhileStatement(done)) {
        return factory.updateWhileStatement(done, done.expression, guarded(done.statement));
      }
      if (compiler.isDoStatement(done)) {
        return factory.updateDoStatement(done, guarded(done.statement), done.expression);
      }
      return done;
    };

    const statements = source.statements.filter((statement) => !isReset(statement));
    return compiler.visitEachChild(factory.updateSourceFile(source, statements), visit, context);
  };
}

/**
 * Runs on ES module texts: `import()`, which TypeScript would turn into a plain `require`, becomes a call of ours.
 * A file has Node's own `require`, and ours in its `module`.
 */
export function importTransformer(compiler: Compiler, isCell: boolean): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (source) => {
    const { factory } = context;
    const visit = (node: ts.Node): ts.Node => {
      const done = compiler.visitEachChild(node, visit, context);
      if (!compiler.isCallExpression(done) || done.expression.kind !== compiler.SyntaxKind.ImportKeyword) return done;
      const ours = factory.createIdentifier(isCell ? "require" : "module.require");
      const load = factory.createPropertyAccessExpression(ours, DYNAMIC_IMPORT);
      return factory.updateCallExpression(done, load, undefined, done.arguments);
    };
    return compiler.visitEachChild(source, visit, context);
  };
}

/**
 * Takes off the "use strict" that TypeScript puts before every CommonJS text: cells are as lenient as they have always been,
 * and kernels that GPU.js reads from them are compiled without it, too.
 */
export function withoutStrict(compiler: Compiler): ts.TransformerFactory<ts.SourceFile> {
  return ({ factory }) =>
    (source) => {
      const isStrict = (node: ts.Statement): boolean =>
        compiler.isExpressionStatement(node) &&
        compiler.isStringLiteral(node.expression) &&
        node.expression.text === "use strict" &&
        node.pos < 0;
      return factory.updateSourceFile(
        source,
        source.statements.filter((each) => !isStrict(each)),
      );
    };
}

/** Whether an expression is the left side of an assignment: `({ a, b: [c] } = value)`. */
export function isAssigned(compiler: Compiler, node: ts.Node): boolean {
  const { parent } = node;
  if (compiler.isBinaryExpression(parent)) {
    const isTarget = parent.left === node && parent.operatorToken.kind === compiler.SyntaxKind.EqualsToken;
    return isTarget || (parent.left === node && isAssigned(compiler, parent));
  }
  if (compiler.isForOfStatement(parent) || compiler.isForInStatement(parent)) return parent.initializer === node;
  const isPart =
    compiler.isObjectLiteralExpression(parent) ||
    compiler.isArrayLiteralExpression(parent) ||
    compiler.isSpreadElement(parent) ||
    compiler.isSpreadAssignment(parent) ||
    compiler.isParenthesizedExpression(parent) ||
    (compiler.isPropertyAssignment(parent) && parent.initializer === node);
  return isPart && isAssigned(compiler, parent);
}

/**
 * Runs on the ES module text of a cell, whose names are bound. Live names are not exported by TypeScript, which would
 * write to `exports` at every assignment; accessors export them (see scope.ts).
 * tslab reads a variable of an earlier cell as `exports.k`, but leaves `{ k }` alone. Here a shorthand name that the
 * cell does not declare is looked up in `exports` first.
 */
export function moduleTransformer(compiler: Compiler, shape: CellShape): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (source) => {
    const { factory } = context;
    const withoutLive = (node: ts.ExportDeclaration): ts.ExportDeclaration => {
      const clause = node.exportClause;
      if (!clause || !compiler.isNamedExports(clause)) return node;
      const rest = clause.elements.filter((element) => !shape.live.has(element.name.text));
      const { modifiers, isTypeOnly, moduleSpecifier, attributes } = node;
      const newClause = factory.updateNamedExports(clause, rest);
      return factory.updateExportDeclaration(node, modifiers, isTypeOnly, newClause, moduleSpecifier, attributes);
    };
    const isDeclared = (node: ts.Node, name: string): boolean => {
      for (let at: ts.Node | undefined = node; at; at = at.parent) {
        if ((at as { locals?: ReadonlyMap<string, unknown> }).locals?.has(name)) return true;
      }
      return false;
    };
    /** The last expression, in such a way that a function in it is not named after the variable that tslab makes. */
    const unnamed = (node: ts.VariableDeclaration): ts.Node => {
      const value = node.initializer && compiler.visitNode(node.initializer, visit, compiler.isExpression);
      if (!value) return node;
      const same = factory.createParenthesizedExpression(factory.createComma(factory.createNumericLiteral(0), value));
      return factory.updateVariableDeclaration(node, node.name, node.exclamationToken, node.type, same);
    };
    const visit = (node: ts.Node): ts.Node => {
      if (compiler.isExportDeclaration(node)) return withoutLive(node);
      if (compiler.isVariableDeclaration(node) && isExported(compiler, node.parent.parent)) {
        return unnamed(node);
      }
      if (!compiler.isShorthandPropertyAssignment(node) || isDeclared(node, String(node.name.escapedText))) {
        return compiler.visitEachChild(node, visit, context);
      }
      const scope = factory.createIdentifier("exports");
      if (isAssigned(compiler, node)) {
        const target = factory.createPropertyAccessExpression(scope, node.name.text);
        const otherwise = node.objectAssignmentInitializer;
        const value = otherwise ? factory.createAssignment(target, otherwise) : target;
        return factory.createPropertyAssignment(node.name.text, value);
      }
      const isKnown = factory.createBinaryExpression(
        factory.createStringLiteral(node.name.text),
        compiler.SyntaxKind.InKeyword,
        scope,
      );
      const member = factory.createPropertyAccessExpression(scope, node.name.text);
      const value = factory.createConditionalExpression(isKnown, undefined, member, undefined, node.name);
      return factory.createPropertyAssignment(node.name.text, value);
    };
    return compiler.visitEachChild(source, visit, context);
  };
}
