/** Where a name could come from: the engine, one of its namespaces, or Node. */
import type ts from "typescript";
import { PACKAGE_NAME, typesFile } from "../../packages";
import type { CellProgram } from "./found";

/** Namespaces that are looked through first, as most of what is meant lies there. */
const FIRST = ["nn", "F", "optim", "datasets", "transforms", "models", "metrics"];

export interface Origin {
  /** What to import from the engine. */
  import: string;
  /** What to write then: `randomSplit`, `nn.Conv2d`. */
  write: string;
}

/** The export of the engine that has this name, itself or inside a namespace. */
export function originOf(cell: CellProgram, name: string): Origin | null {
  const { checker } = cell;
  const exported = engineExports(cell);
  if (exported.has(name)) return { import: name, write: name };
  const rank = (space: string): number => (FIRST.includes(space) ? FIRST.indexOf(space) : FIRST.length);
  const spaces = [...exported].filter(([, symbol]) => isNamespace(cell, symbol));
  for (const [space, symbol] of spaces.sort(([a], [b]) => rank(a) - rank(b))) {
    const has = checker.getExportsOfModule(resolved(cell, symbol)).some((each) => each.name === name);
    if (has) return { import: space, write: `${space}.${name}` };
  }
  return null;
}

/** The line that imports names of the engine. */
export const importLine = (names: readonly string[]): string =>
  `import { ${[...new Set(names)].sort().join(", ")} } from "${PACKAGE_NAME}";`;

/** `import * as fs from "node:fs";` for the name of one of Node's modules. */
export function nodeImport({ facts }: CellProgram, name: string): string | null {
  const isBuiltin = facts.builtinModules.includes(name) && !name.startsWith("_");
  return isBuiltin ? `import * as ${name} from "node:${name}";` : null;
}

export function engineExports({ program, checker }: CellProgram): Map<string, ts.Symbol> {
  const file = program.getSourceFile(typesFile);
  const module = file && checker.getSymbolAtLocation(file);
  return new Map(module ? checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol]) : []);
}

export function resolved({ compiler, checker }: CellProgram, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & compiler.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

export function isNamespace(cell: CellProgram, symbol: ts.Symbol): boolean {
  const { NamespaceModule, ValueModule } = cell.compiler.SymbolFlags;
  return (resolved(cell, symbol).flags & (NamespaceModule | ValueModule)) !== 0;
}
