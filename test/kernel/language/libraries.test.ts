import { expect } from "chai";
import type ts from "typescript";
import { NotebookInProcess } from "../support/languageInProcess";

/** What each object gets when it is made. */
const OF_INSTANCES = ["Function.prototype.prototype", "RegExp.prototype.lastIndex", "AggregateError.prototype.errors"];

describe("kernel language: JavaScript's own names", function () {
  this.timeout(60_000);
  let notebook: NotebookInProcess;
  before(() => (notebook = new NotebookInProcess()));
  after(() => notebook.close());

  it("those that cells have types for exist in Node", () => {
    notebook.cell("0");
    const { compiler } = notebook.language;
    const program = notebook.language.warmUp().program();
    if (!program) throw new Error("there is no program after a cell");
    const checker = program.getTypeChecker();
    const cell = program.getSourceFiles().find(({ fileName }) => fileName.endsWith("__tslab__.ts"));
    const isOfLibrary = (symbol: ts.Symbol): boolean =>
      symbol.declarations?.some((each) => program.isSourceFileDefaultLibrary(each.getSourceFile())) === true;
    const values = checker.getSymbolsInScope(cell as ts.Node, compiler.SymbolFlags.Value).filter(isOfLibrary);
    expect(values).to.have.length.above(50);

    const lacking: string[] = [];
    const look = (object: object, type: ts.Type, path: string): void => {
      for (const member of checker.getPropertiesOfType(type)) {
        if (!isOfLibrary(member) || member.name.startsWith("__@")) continue;
        const place = `${path}.${member.name}`;
        const isOptional = (member.flags & compiler.SymbolFlags.Optional) !== 0 || OF_INSTANCES.includes(place);
        if (!isOptional && !(member.name in object)) lacking.push(place);
      }
    };
    for (const symbol of values) {
      if (!(symbol.name in globalThis)) {
        lacking.push(symbol.name);
        continue;
      }
      // Numbers, such as NaN, have the members of their wrappers.
      const value = Object((globalThis as Record<string, unknown>)[symbol.name]) as { prototype?: object };
      const type = checker.getTypeOfSymbolAtLocation(symbol, cell as ts.Node);
      if (type.flags & (compiler.TypeFlags.Any | compiler.TypeFlags.Undefined)) continue;
      look(value, checker.getApparentType(type), symbol.name);
      const [made] = type.getConstructSignatures();
      if (made && value.prototype) look(value.prototype, made.getReturnType(), `${symbol.name}.prototype`);
    }
    expect(lacking).to.deep.equal([]);
  });

  it("what Node 20 lacks is said to be newer", () => {
    for (const code of ["Object.groupBy([1], String)", "Promise.withResolvers()", "new Set([1]).union(new Set([2]))"]) {
      const [message] = notebook.mistakes(code);
      expect(message, code).to.contain("It is newer than Node 20").and.not.contain("lib");
    }
  });
});
