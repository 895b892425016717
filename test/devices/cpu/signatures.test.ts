import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { DIST } from "./support/alone";
import { signaturesOf, type Signature } from "./support/wasmSignatures";

const SRC = join(DIST, "..", "src");
const parse = (file: string): ts.SourceFile =>
  ts.createSourceFile(file, readFileSync(join(SRC, file), "utf8"), ts.ScriptTarget.Latest);

/** Exports that nobody calls: innermost loops, which the compiler would otherwise dissolve in their callers. */
const loops = ["tile6x8", "tile4x8", "dot4x3", "dot3x4", "dot1x4", "offset6x8", "offset4x8", "row1x32"];

/** What TypeScript's names for numbers are in WebAssembly. */
const wasmTypes: Readonly<Record<string, string>> = {
  Pointer: "i32",
  boolean: "i32",
  i32: "i32",
  f32: "f32",
  f64: "f64",
};

interface Declared extends Signature {
  names: string[];
}

/** The interface WasmKernels, as it is written. */
function declaredKernels(): Map<string, Declared> {
  const file = parse("devices/cpu/kernels.ts");
  const kernels = file.statements.find((each) => ts.isInterfaceDeclaration(each) && each.name.text === "WasmKernels");
  const methods = (kernels as ts.InterfaceDeclaration).members.filter(ts.isMethodSignature);
  const typeOf = (node: ts.TypeNode | undefined): string => {
    const text = node?.getText(file) ?? "missing";
    return text === "void" ? text : (wasmTypes[text] ?? `${text}, which is no number of WebAssembly`);
  };
  return new Map(
    methods.map((method) => [
      method.name.getText(file),
      {
        params: method.parameters.map(({ type }) => typeOf(type)),
        result: typeOf(method.type),
        names: method.parameters.map(({ name }) => name.getText(file)),
      },
    ]),
  );
}

/** The names of the parameters of every exported AssemblyScript function. */
function parametersInSources(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const file of readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".as.ts"),
  )) {
    const source = parse(file);
    for (const each of source.statements)
      if (
        ts.isFunctionDeclaration(each) &&
        each.name &&
        each.modifiers?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword)
      )
        found.set(
          each.name.text,
          each.parameters.map(({ name }) => name.getText(source)),
        );
  }
  return found;
}

describe("the signatures of cpu's kernels", () => {
  const declared = declaredKernels();

  for (const variant of ["", ".fused", ".shared", ".fused.shared"])
    it(`kernels${variant}.wasm exports the functions of WasmKernels with these types, and only the innermost loops besides`, () => {
      const exported = signaturesOf(readFileSync(join(DIST, `src/devices/cpu/kernels${variant}.wasm`)));
      expect([...exported.keys()].sort()).to.deep.equal([...declared.keys(), ...loops].sort());
      for (const [name, { params, result }] of declared)
        expect(exported.get(name), name).to.deep.equal({ params, result });
    });

  it("name their parameters as the AssemblyScript functions do, in their order", () => {
    const sources = parametersInSources();
    for (const [name, { names }] of declared) expect(names, name).to.deep.equal(sources.get(name));
  });
});
