/**
 * What Shift-Tab shows. TypeScript's own answer has a class without its arguments, a constructor without the class's docs, and
 * options by the name of their type alone; here are all three.
 */
import type ts from "typescript";
import { nodeAt } from "../diagnostics/found";
import { optionsOf } from "../diagnostics/signatures";
import { withoutBuffers } from "../diagnostics/typeNames";

const MAX_SIGNATURES = 4;
/** A signature longer than this is written one argument a line. */
const WIDE = 100;

interface Place {
  compiler: typeof ts;
  checker: ts.TypeChecker;
  cell: ts.SourceFile;
}

export function withArguments(place: Place, info: ts.QuickInfo): ts.QuickInfo {
  const shown = described(place, info);
  return { ...shown, displayParts: [part(withoutBuffers(textOf(shown.displayParts)))] };
}

function described(place: Place, info: ts.QuickInfo): ts.QuickInfo {
  const { compiler, checker } = place;
  const { start, length } = info.textSpan;
  const node = nodeAt(place, start, length);
  const symbol = node && aliased(place, checker.getSymbolAtLocation(node));
  if (!node || !symbol) return info;
  const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
  const tags = withWholeReferences(compiler, declaration, info.tags ?? []);
  if (symbol.flags & compiler.SymbolFlags.Class) return describeClass(place, info, node, symbol, tags);
  const type = checker.getTypeOfSymbolAtLocation(symbol, node);
  const own = describeCall(place, info, node, type);
  // A variable says nothing about itself: its class does.
  const { Class, Variable } = compiler.SymbolFlags;
  const ofType = type.getSymbol();
  const isInstance = symbol.flags & Variable && ofType && ofType.flags & Class;
  const documentation =
    isInstance && !info.documentation?.length ? ofType.getDocumentationComment(checker) : info.documentation;
  return { ...info, displayParts: own, documentation, tags };
}

function aliased({ compiler, checker }: Place, symbol: ts.Symbol | undefined): ts.Symbol | null {
  if (!symbol) return null;
  return symbol.flags & compiler.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function describeClass(
  place: Place,
  info: ts.QuickInfo,
  node: ts.Node,
  symbol: ts.Symbol,
  tags: ts.JSDocTagInfo[],
): ts.QuickInfo {
  const { compiler, checker } = place;
  const name = writtenName(compiler, node);
  const signatures = checker.getTypeOfSymbolAtLocation(symbol, node).getConstructSignatures();
  const isAbstract = (symbol.declarations ?? []).some(
    (each) =>
      compiler.isClassDeclaration(each) &&
      (compiler.getCombinedModifierFlags(each) & compiler.ModifierFlags.Abstract) !== 0,
  );
  const calls = isAbstract ? [] : signatures.slice(0, MAX_SIGNATURES);
  const lines = calls.map((each) => `new ${signatureText(place, name, each, node)}`);
  const ofClass = symbol.getDocumentationComment(checker);
  const ofConstructor = calls.flatMap((each) => each.getDocumentationComment(checker));
  const isSame = textOf(ofConstructor) === textOf(ofClass);
  const documentation =
    isSame || ofConstructor.length === 0
      ? ofClass
      : [...ofClass, ...(ofClass.length > 0 ? [part("\n")] : []), ...ofConstructor];
  const classTags = withWholeReferences(
    compiler,
    symbol.valueDeclaration ?? symbol.declarations?.[0],
    symbol.getJsDocTags(checker),
  );
  const known = new Set(classTags.map((tag) => tag.name + textOf(tag.text)));
  const all = [...classTags, ...tags.filter((tag) => !known.has(tag.name + textOf(tag.text)))];
  const display = [`${isAbstract ? "abstract " : ""}class ${name}`, ...lines].join("\n");
  return { ...info, displayParts: [part(display)], documentation, tags: all };
}

/** A function's arguments with the names of its options; everything else in TypeScript's words. */
function describeCall(place: Place, info: ts.QuickInfo, node: ts.Node, type: ts.Type): ts.SymbolDisplayPart[] {
  const signatures = type.getCallSignatures().slice(0, MAX_SIGNATURES);
  const hasOptions = signatures.some((each) =>
    each.getParameters().some((parameter) => optionsOf(place.checker, parameter, node) !== null),
  );
  if (!hasOptions) return [part(withoutAlias(textOf(info.displayParts)))];
  const name = writtenName(place.compiler, node);
  const lines = signatures.map((each) => `function ${signatureText(place, name, each, node)}`);
  return [part(lines.join("\n"))];
}

function signatureText({ compiler, checker }: Place, name: string, signature: ts.Signature, at: ts.Node): string {
  const parameters = signature.getParameters().map((parameter) => {
    const declaration = parameter.valueDeclaration;
    const isParameter = declaration !== undefined && compiler.isParameter(declaration);
    const mark = isParameter && checker.isOptionalParameter(declaration) ? "?" : "";
    const dots = isParameter && declaration.dotDotDotToken ? "..." : "";
    const written = parameter.name.startsWith("__") ? "options" : parameter.name;
    const type = checker.getTypeOfSymbolAtLocation(parameter, at);
    const options = optionsOf(checker, parameter, at) === null ? null : optionLines(compiler, checker, type, at);
    return `${dots}${written}${mark}: ${options ?? checker.typeToString(type)}`;
  });
  const declared = signature.getDeclaration() as ts.SignatureDeclaration | undefined;
  const isConstructor = declared !== undefined && compiler.isConstructorDeclaration(declared);
  const isClass = isConstructor || (declared !== undefined && compiler.isClassLike(declared));
  const result = isClass ? "" : `: ${checker.typeToString(signature.getReturnType())}`;
  const line = `${name}(${parameters.join(", ")})${result}`;
  const head = line.split("\n")[0] ?? line;
  return head.length <= WIDE ? line : `${name}(\n  ${parameters.join(",\n").replace(/\n/g, "\n  ")}\n)${result}`;
}

/** `{ stride?: Pair; ... }`, an option a line with the first sentence of what is said about it. */
function optionLines(compiler: typeof ts, checker: ts.TypeChecker, type: ts.Type, at: ts.Node): string {
  const lines = checker.getPropertiesOfType(checker.getNonNullableType(type)).map((option) => {
    const mark = option.flags & compiler.SymbolFlags.Optional ? "?" : "";
    const kind = checker.typeToString(checker.getTypeOfSymbolAtLocation(option, at));
    const about = textOf(option.getDocumentationComment(checker)).replace(/\s*\n\s*/g, " ");
    return `  ${option.name}${mark}: ${kind};${about === "" ? "" : ` // ${about}`}`;
  });
  return `{\n${lines.join("\n")}\n}`;
}

/** `nn.Conv2d` as it stands in the cell. */
function writtenName(compiler: typeof ts, node: ts.Node): string {
  const { parent } = node;
  const isMember = compiler.isPropertyAccessExpression(parent) && parent.name === node;
  const text = isMember ? parent.getText() : node.getText();
  return text.length <= 60 && !text.includes("\n") ? text : node.getText();
}

/** `(alias) function f(): void\nimport f` -> `function f(): void`; what is known as an import alone stays. */
function withoutAlias(text: string): string {
  return text
    .replace(/^\(alias\) (?=(\w+)\(|)/, (_, call: string | undefined) => (call === undefined ? "" : "function "))
    .replace(/(?<=.)\n(?:import|export) [\w$ ,{}]+$/, "");
}

/** TypeScript reads what stands behind `@see` as a name and splits it: `torch.onnx. export`. */
function withWholeReferences(
  compiler: typeof ts,
  declaration: ts.Declaration | undefined,
  tags: readonly ts.JSDocTagInfo[],
): ts.JSDocTagInfo[] {
  if (!declaration || !tags.some(({ name }) => name === "see")) return [...tags];
  const host =
    compiler.isVariableDeclaration(declaration) && compiler.isVariableStatement(declaration.parent.parent)
      ? declaration.parent.parent
      : declaration;
  const written = compiler
    .getJSDocTags(host)
    .filter(({ tagName }) => tagName.text === "see")
    .map((tag) => {
      const text = tag.getSourceFile().text.slice(tag.pos, tag.end);
      return text
        .replace(/^\s*@see\s*/, "")
        .replace(/\s*\*\/\s*$/, "")
        .replace(/\s*\n\s*\*?[ \t]*/g, " ")
        .trim();
    });
  const count = tags.filter(({ name }) => name === "see").length;
  if (written.length !== count) return [...tags];
  return tags.map((tag) => (tag.name === "see" ? { ...tag, text: [part(written.shift() ?? "")] } : tag));
}

const part = (text: string): ts.SymbolDisplayPart => ({ text, kind: "text" });

export const textOf = (parts: readonly ts.SymbolDisplayPart[] = []): string => parts.map(({ text }) => text).join("");
