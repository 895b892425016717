/** What is in a namespace, such as `nn`, or in the engine itself: each name with one line. */
import type ts from "typescript";
import type { Language } from "./language";
import type { PlainBundle } from "../output/mime";
import { PACKAGE_NAME, typesFile } from "../packages";
import type { Tslab } from "./tslab";

/** What a name is, in the order in which the kinds are shown. */
const KINDS = ["namespace", "class", "function", "value"] as const;
const TITLES: Record<(typeof KINDS)[number], string> = {
  namespace: "Namespaces",
  class: "Classes",
  function: "Functions",
  value: "Values",
};
/** Longer lines are cut. */
const MAX_SENTENCE = 110;
/** More names than this are listed without what they do. */
const MAX_LINES = 300;

interface Entry {
  name: string;
  kind: (typeof KINDS)[number];
  sentence: string;
}

/**
 * The list for `nn`, `nn.init`, `receptive` or whatever the cells have imported as a namespace; null if the name is none.
 * Names that the cells know go before the engine's.
 */
export function describeNamespace(language: Language, name: string): PlainBundle | null {
  const tslab = language.warmUp();
  if (!tslab.program()) language.rehearse();
  const program = tslab.program();
  const found = program && findNamespace(tslab.compiler, program, name);
  if (!found) return null;
  const checker = program.getTypeChecker();
  const entries = membersOf(tslab.compiler, checker, found.symbol).flatMap((symbol) => {
    const entry = entryOf(tslab.compiler, checker, symbol);
    return entry ? [entry] : [];
  });
  const root = name.split(".")[0] ?? name;
  const importLine = root === PACKAGE_NAME ? "{ nn, F, optim }" : `{ ${root} }`;
  const from = found.isEngine ? ` import ${importLine} from "${PACKAGE_NAME}";` : "";
  const title = `${name} has ${entries.length} names.${from}`;
  const asked = found.isEngine && name === PACKAGE_NAME ? "" : `${name}.`;
  const example = entries.find(({ kind }) => kind !== "namespace") ?? entries[0];
  const more = example ? `help("${asked}${example.name}") says more.` : "";
  return {
    "text/plain": plainList(title, entries, more),
    "text/markdown": markdownList(title, entries, more),
  };
}

interface Found {
  symbol: ts.Symbol;
  /** False for a package of the user's. */
  isEngine: boolean;
}

function findNamespace(compiler: Tslab["compiler"], program: ts.Program, name: string): Found | null {
  const checker = program.getTypeChecker();
  const [root = "", ...path] = name.split(".");
  const engine = engineOf(program);
  const cell = program.getSourceFiles().find(({ fileName }) => fileName.endsWith("__tslab__.ts"));
  const { Value, Alias } = compiler.SymbolFlags;
  const known = cell && checker.getSymbolsInScope(cell, Value | Alias).find((each) => each.name === root);
  // A variable, such as `console`, may have a namespace of types beside it.
  if (known && (known.flags & Alias) === 0) return null;
  const resolve = (symbol: ts.Symbol | undefined): ts.Symbol | undefined =>
    symbol && symbol.flags & Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const ownExport = engine && checker.getExportsOfModule(engine).find((each) => each.name === root);

  let symbol = resolve(known) ?? (root === PACKAGE_NAME ? engine : resolve(ownExport));
  for (const part of path) {
    if (!symbol || !isNamespace(compiler, symbol)) return null;
    symbol = resolve(checker.getExportsOfModule(symbol).find((each) => each.name === part));
  }
  if (!symbol || !isNamespace(compiler, symbol)) return null;
  return { symbol, isEngine: !known || resolve(known) === resolve(ownExport) };
}

/** The module of the engine's public names. */
function engineOf(program: ts.Program): ts.Symbol | undefined {
  const file = program.getSourceFile(typesFile);
  return file && program.getTypeChecker().getSymbolAtLocation(file);
}

/** A name as a cell that imports the engine's own names writes it: `nn.Conv2d` for `Conv2d`; null if the engine has none. */
export function engineName(language: Language, name: string): string | null {
  const { compiler, program } = language.warmUp();
  const latest = program();
  const engine = latest && engineOf(latest);
  if (!engine) return null;
  const checker = latest.getTypeChecker();
  const exported = checker.getExportsOfModule(engine);
  if (exported.some((each) => each.name === name.split(".")[0])) return name;
  const space = exported.find((each) => {
    const target = each.flags & compiler.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each;
    const isSpace = isNamespace(compiler, target);
    return isSpace && checker.getExportsOfModule(target).some((inner) => inner.name === name);
  });
  return space ? `${space.name}.${name}` : null;
}

/** No function such as `fs.readFile`, which has a namespace beside it. */
function isNamespace({ SymbolFlags }: Tslab["compiler"], { flags }: ts.Symbol): boolean {
  const { ValueModule, NamespaceModule, Function, Class, Enum } = SymbolFlags;
  return (flags & (ValueModule | NamespaceModule)) !== 0 && (flags & (Function | Class | Enum)) === 0;
}

/** Also of `export = path`, an object with a namespace of types beside it. */
function membersOf(compiler: Tslab["compiler"], checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol[] {
  const declaration = symbol.valueDeclaration;
  if ((symbol.flags & compiler.SymbolFlags.Variable) === 0 || !declaration) {
    return checker.getExportsOfModule(symbol);
  }
  return checker.getPropertiesOfType(checker.getTypeOfSymbolAtLocation(symbol, declaration));
}

/** Null for types, which no cell calls. */
function entryOf(compiler: Tslab["compiler"], checker: ts.TypeChecker, symbol: ts.Symbol): Entry | null {
  const { Alias, Value, Class, Function } = compiler.SymbolFlags;
  const target = symbol.flags & Alias ? checker.getAliasedSymbol(symbol) : symbol;
  if ((target.flags & Value) === 0 || symbol.name === "default") return null;
  const kind = (): Entry["kind"] => {
    if (isNamespace(compiler, target)) return "namespace";
    if (target.flags & Class) return "class";
    if (target.flags & Function) return "function";
    const [declaration] = target.declarations ?? [];
    const type = declaration && checker.getTypeOfSymbolAtLocation(target, declaration);
    if (type?.getConstructSignatures().length) return "class";
    return type?.getCallSignatures().length ? "function" : "value";
  };
  return { name: symbol.name, kind: kind(), sentence: firstSentence(compiler, checker, target) };
}

function firstSentence(compiler: Tslab["compiler"], checker: ts.TypeChecker, symbol: ts.Symbol): string {
  const documentation = compiler.displayPartsToString(symbol.getDocumentationComment(checker));
  const [paragraph = ""] = documentation.split(/\n\s*\n/);
  const text = paragraph
    .replace(/\{@link ([^}\s]*)[^}]*\}/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
  const [sentence = ""] = /^.*?[.:](?=\s|$)(?<!\b(?:e\.g|i\.e)\.)/.exec(text) ?? [text];
  return sentence.length > MAX_SENTENCE ? `${sentence.slice(0, MAX_SENTENCE - 3)}...` : sentence.replace(/:$/, "");
}

/** The entries of each kind that has some, by name. */
function byKind(entries: readonly Entry[]): { title: string; list: Entry[] }[] {
  return KINDS.map((kind) => ({
    title: TITLES[kind],
    list: entries.filter((entry) => entry.kind === kind).sort((a, b) => (a.name < b.name ? -1 : 1)),
  })).filter(({ list }) => list.length > 0);
}

function plainList(title: string, entries: readonly Entry[], more: string): string {
  const width = Math.max(...entries.map(({ name }) => name.length), 0);
  const isLong = entries.length > MAX_LINES;
  const line = ({ name, sentence }: Entry): string => `  ${name.padEnd(width)}  ${sentence}`.trimEnd();
  const groups = byKind(entries).map(({ title: kind, list }) =>
    [kind, ...(isLong ? [list.map(({ name }) => name).join(", ")] : list.map(line))].join("\n"),
  );
  return [title, ...groups, more].join("\n\n").trim();
}

function markdownList(title: string, entries: readonly Entry[], more: string): string {
  const isLong = entries.length > MAX_LINES;
  const line = ({ name, sentence }: Entry): string => `- \`${name}\` ${escaped(sentence)}`.trimEnd();
  const groups = byKind(entries).map(({ title: kind, list }) =>
    [`**${kind}**`, isLong ? list.map(({ name }) => `\`${name}\``).join(", ") : list.map(line).join("\n")].join("\n\n"),
  );
  return [escaped(title), ...groups, escaped(more)].join("\n\n").trim();
}

/** Text that Markdown leaves as it is. */
const escaped = (text: string): string => text.replace(/[\\`*_{}[\]<>|$#~]/g, "\\$&");
