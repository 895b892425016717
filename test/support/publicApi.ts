/** All functions, constructors and methods that the package's declarations show, for tests that call each of them. */
import { join } from "node:path";
import ts from "typescript";

export interface Parameter {
  name: string;
  /** As TypeScript writes it: "number | undefined". */
  type: string;
  /** `...rest` */
  rest: boolean;
  /** Whether an object of options may stand there. */
  options: boolean;
}

export interface Callable {
  /** "F.conv2d", "nn.Conv2d", "Tensor.sum". */
  path: string;
  kind: "function" | "constructor" | "static" | "method";
  parameters: Parameter[];
}

const entry = join(__dirname, "../../src/index.d.ts");

/** Everything public, one for each signature. */
export function publicApi(): Callable[] {
  const program = ts.createProgram([entry], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    strict: true,
    types: ["node"],
  });
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(entry);
  const root = file && checker.getSymbolAtLocation(file);
  if (!root) throw new Error(`${entry} is no module: build first`);
  const found: Callable[] = [];
  const seen = new Set<ts.Declaration>();

  const walk = (path: string, given: ts.Symbol): void => {
    const symbol = given.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(given) : given;
    if (isInternal(symbol)) return;
    // A function may have functions of its own, such as F.conv2d.kernelSource.
    if (symbol.flags & ts.SymbolFlags.ValueModule)
      for (const each of baseFirst(checker.getExportsOfModule(symbol)))
        walk(path ? `${path}.${each.name}` : each.name, each);
    if (!(symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Class | ts.SymbolFlags.Variable))) return;
    const type = checker.getTypeOfSymbol(symbol);
    if (symbol.flags & ts.SymbolFlags.Class) {
      add(path, "constructor", type.getConstructSignatures(), isAbstract(symbol));
      for (const each of type.getProperties())
        if (isOurs(each.valueDeclaration) && !isInternal(each))
          add(`${path}.${each.name}`, "static", checker.getTypeOfSymbol(each).getCallSignatures());
      const instance = checker.getDeclaredTypeOfSymbol(symbol);
      for (const each of instance.getProperties()) addMethod(path, each);
      return;
    }
    add(path, "function", type.getCallSignatures());
  };
  /** An inherited method once, where it is declared first. */
  const addMethod = (path: string, symbol: ts.Symbol): void => {
    const declared = symbol.valueDeclaration;
    if (!declared || symbol.name.startsWith("__@") || seen.has(declared) || isInternal(symbol) || !isOurs(declared))
      return;
    if (ts.getCombinedModifierFlags(declared) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) return;
    if (!ts.isMethodDeclaration(declared)) return;
    seen.add(declared);
    add(`${path}.${symbol.name}`, "method", checker.getTypeOfSymbol(symbol).getCallSignatures());
  };
  const add = (path: string, kind: Callable["kind"], signatures: readonly ts.Signature[], skip = false): void => {
    for (const { parameters, declaration } of skip ? [] : signatures)
      if (isOurs(declaration) && !ts.getJSDocTags(declaration).some(({ tagName }) => tagName.text === "internal"))
        found.push({ path, kind, parameters: parameters.map(read) });
  };
  const read = (symbol: ts.Symbol): Parameter => {
    const declaration = symbol.valueDeclaration as ts.ParameterDeclaration;
    const type = checker.getTypeOfSymbol(symbol);
    return {
      name: symbol.name,
      type: checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation),
      rest: declaration.dotDotDotToken !== undefined,
      options: !declaration.dotDotDotToken && takesOptions(symbol.name, type),
    };
  };
  const takesOptions = (name: string, type: ts.Type): boolean => {
    const members = type.isUnion() ? type.types : [type];
    return members.some((each) => {
      if (
        !(each.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) ||
        each.isClass() ||
        checker.isArrayLikeType(each)
      )
        return false;
      if (each.getCallSignatures().length > 0) return false;
      if (name === "options") return true;
      const written = checker.typeToString(each);
      if (/(Options|Settings)(<.*>)?$/.test(written)) return true;
      const properties = each.getProperties();
      return properties.length > 0 && properties.every(({ flags }) => flags & ts.SymbolFlags.Optional);
    });
  };
  walk("", root);
  return found;
}

/** A method that many classes inherit is called by the name of the class that has it. */
const baseFirst = (symbols: ts.Symbol[]): ts.Symbol[] =>
  [...symbols].sort((a, b) => BASES.indexOf(b.name) - BASES.indexOf(a.name));
const BASES = ["StepLR", "SGD", "Module", "nn", "Tensor"];

/** Whether it stands in the package, and not in TypeScript's own declarations of arrays and errors. */
const isOurs = (declaration: ts.Declaration | undefined): declaration is ts.Declaration =>
  declaration !== undefined &&
  /[\\/]dist[\\/]src[\\/]/.test(declaration.getSourceFile().fileName) &&
  !/^__@/.test((declaration as { name?: { getText(): string } }).name?.getText() ?? "");

const isInternal = (symbol: ts.Symbol): boolean =>
  symbol.getJsDocTags(undefined).some(({ name }) => name === "internal");

const isAbstract = ({ valueDeclaration }: ts.Symbol): boolean =>
  valueDeclaration !== undefined && (ts.getCombinedModifierFlags(valueDeclaration) & ts.ModifierFlags.Abstract) !== 0;
