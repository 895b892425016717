import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";
import * as receptive from "../../src";
import { BUILD } from "./support/served";

const text = readFileSync(join(BUILD, "receptive.js"), "utf8");
const file = ts.createSourceFile("receptive.js", text, ts.ScriptTarget.ES2022);

describe("the bundle for browsers", () => {
  it("is one ES module that imports nothing, not even when it is used", () => {
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      const isCall = ts.isCallExpression(node);
      const isImport = isCall && node.expression.kind === ts.SyntaxKind.ImportKeyword;
      const isRequire = isCall && ts.isIdentifier(node.expression) && node.expression.text === "require";
      if (ts.isImportDeclaration(node) || isImport || isRequire) found.push(node.getText(file));
      ts.forEachChild(node, visit);
    };
    visit(file);
    expect(found).to.deep.equal([]);
  });

  it("has the names that the package has in Node", () => {
    const exported = file.statements
      .filter(ts.isExportDeclaration)
      .flatMap(({ exportClause }) =>
        exportClause && ts.isNamedExports(exportClause) ? [...exportClause.elements] : [],
      )
      .map(({ name }) => name.text);
    expect(exported.sort()).to.deep.equal(Object.keys(receptive).sort());
  });
});
