/** What the rules of this folder look at: one cell in its program, and what the compiler has found in it. */
import type ts from "typescript";

export interface CellFacts {
  /** True as long as no cell has declared anything. */
  isFresh(): boolean;
  /** The cell that declared a name of the engine or the kernel anew, such as `optim` or `display`; null if none did. */
  hiddenBy(name: string): string | null;
  /** The folder that relative paths and packages are looked for in. */
  folder: string;
  /** Node's own modules, where the kernel runs in Node. */
  builtinModules: readonly string[];
  /** Takes lines about a cell that compiles, to be shown when it runs. */
  notes: string[];
}

export interface CellProgram {
  compiler: typeof ts;
  program: ts.Program;
  checker: ts.TypeChecker;
  cell: ts.SourceFile;
  facts: CellFacts;
}

/** The smallest node with exactly these bounds; null where the parser has found none. */
export function nodeAt(
  { compiler, cell }: Pick<CellProgram, "compiler" | "cell">,
  start: number,
  length: number,
): ts.Node | null {
  let found: ts.Node | null = null;
  const visit = (node: ts.Node): void => {
    if (node.getStart(cell) > start || node.end < start + length) return;
    if (node.getStart(cell) === start && node.end === start + length) found = node;
    compiler.forEachChild(node, visit);
  };
  visit(cell);
  return found;
}

/** The node of a diagnostic and those around it, the innermost first. */
export function* outwards(node: ts.Node | null): Iterable<ts.Node> {
  for (let at: ts.Node | undefined = node ?? undefined; at; at = at.parent) yield at;
}

/** The name of a type: `Tensor`, `Promise`, `DataLoader`; "" if it has none. */
export function nameOfType(type: ts.Type): string {
  const name = (type.aliasSymbol ?? type.getSymbol())?.name ?? "";
  return name.startsWith("__") ? "" : name;
}

/** Source text for an example, if it is short and on one line. */
export function shortText(node: ts.Node, otherwise: string): string {
  const text = node.getText();
  return text.length <= 40 && !text.includes("\n") ? text : otherwise;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** `zeroGrad` for `zero_grad`. */
export const camelCase = (name: string): string =>
  name.replace(/(?<=[A-Za-z\d])_([a-z\d])/g, (_, letter: string) => letter.toUpperCase());

/** Whether the cell can use a name. */
export function isKnown({ compiler, checker, cell }: CellProgram, name: string): boolean {
  return checker
    .getSymbolsInScope(cell, compiler.SymbolFlags.Value | compiler.SymbolFlags.Alias)
    .some((symbol) => symbol.name === name);
}

export const isAsyncIterable = (checker: ts.TypeChecker, type: ts.Type): boolean =>
  checker.getPropertiesOfType(type).some(({ escapedName }) => String(escapedName).startsWith("__@asyncIterator"));
