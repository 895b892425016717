/** What Tab offers: with the kinds of what stands behind an import, and without what is not for users. */
import type ts from "typescript";

/** With the symbol that TypeScript gives if it is asked for it. */
export type Entry = ts.CompletionEntry & { symbol?: ts.Symbol };

/** The entries in the order they came in. */
export function usefulEntries(
  compiler: typeof ts,
  checker: ts.TypeChecker,
  entries: readonly Entry[],
): ts.CompletionEntry[] {
  const shown = entries.filter(({ symbol }) => !symbol || !isInternal(compiler, symbol));
  // A module is called like a function; `apply` and `bind` are nothing that it is used for.
  const members = shown.filter(({ symbol }) => !symbol || !isOfFunctions(compiler, symbol));
  const isObject = members.some(({ symbol }) => symbol && isMember(compiler, symbol));
  return (isObject ? members : shown).map(({ symbol, ...entry }) => {
    const kind = entry.kind as string;
    return {
      ...entry,
      kind: (symbol ? kindOf(compiler, checker, symbol, kind) : kind) as ts.ScriptElementKind,
    };
  });
}

const isMember = ({ SymbolFlags }: typeof ts, { flags }: ts.Symbol): boolean =>
  (flags & (SymbolFlags.Method | SymbolFlags.Property | SymbolFlags.Accessor)) !== 0;

function isInternal(compiler: typeof ts, { declarations = [] }: ts.Symbol): boolean {
  return declarations.some((each) => compiler.getJSDocTags(each).some(({ tagName }) => tagName.text === "internal"));
}

/** Declared by JavaScript's own `Function`. */
function isOfFunctions(compiler: typeof ts, { declarations = [], name }: ts.Symbol): boolean {
  if (name === "prototype") return true;
  return declarations.some(
    ({ parent }) =>
      compiler.isInterfaceDeclaration(parent) &&
      /^(?:Callable|Newable)?Function$/.test(parent.name.text) &&
      parent.getSourceFile().hasNoDefaultLib,
  );
}

function kindOf(compiler: typeof ts, checker: ts.TypeChecker, symbol: ts.Symbol, kind: string): string {
  const { SymbolFlags } = compiler;
  const isAlias = (symbol.flags & SymbolFlags.Alias) !== 0;
  if (!isAlias && kind !== "const") return kind === "getter" || kind === "setter" ? "property" : kind;
  const target = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
  const { flags } = target;
  if (flags & SymbolFlags.Class) return "class";
  if (flags & SymbolFlags.Function) return "function";
  if (flags & SymbolFlags.ValueModule) return "module";
  if (flags & SymbolFlags.Enum) return "enum";
  if (flags & SymbolFlags.Variable) return isFunction(checker, target) ? "function" : isAlias ? "const" : kind;
  if (flags & SymbolFlags.Interface) return "interface";
  return flags & SymbolFlags.TypeAlias ? "type" : kind;
}

/** `relu`, a constant that holds a function; a network is called as well, and is none. */
function isFunction(checker: ts.TypeChecker, symbol: ts.Symbol): boolean {
  const declaration = symbol.valueDeclaration;
  if (!declaration) return false;
  const type = checker.getTypeOfSymbolAtLocation(symbol, declaration);
  return type.getCallSignatures().length > 0 && !type.isClassOrInterface();
}
