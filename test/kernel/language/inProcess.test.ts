import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { NotebookInProcess } from "../support/languageInProcess";

describe("kernel language, in this process", function () {
  this.timeout(60_000);
  let notebook: NotebookInProcess;
  before(() => {
    notebook = new NotebookInProcess();
    notebook.language.rehearse();
  });
  after(() => notebook.close());

  it("converts cells, which see each other's variables", () => {
    const first = notebook.cell(`import { randn } from "receptive"; const x = randn([2, 3]); let n = 1;`);
    expect([...first.shape.declared]).to.have.members(["randn", "x", "n"]);
    expect([...first.shape.live]).to.deep.equal(["n"]);
    const second = notebook.cell("n += 1; x.shape");
    expect(second.code).to.contain("exports.n += 1").and.contain("exports.x.shape");
    expect(second.result).to.equal("tsLastExpr");
    expect(notebook.mistakes("x.shap")[0]).to.contain("Did you mean 'shape'?");
  });

  it("completes and inspects", () => {
    expect(notebook.offered("x.sha|")).to.include("shape");
    expect(notebook.shown("x|")).to.equal("const x: Tensor");
    expect(notebook.shown("const o = { dtype: 1 }; randn([1], { dtype|: 'float32' })")).to.contain(
      "CreateOptions.dtype",
    );
  });

  it("is TypeScript's own, not the fork that tslab names", () => {
    expect(notebook.language.compiler.version).to.match(/^5\.9\./);
    const forks = Object.keys(require.cache).filter((file) => file.includes("typescript-for-tslab"));
    expect(forks).to.deep.equal([]);
  });

  it("leaves TypeScript as it was for cells that use it", () => {
    expect(String(notebook.language.compiler.sys.watchFile)).not.to.contain("this.watchFile");
    expect(notebook.language.compiler.sys.getCurrentDirectory()).to.equal(process.cwd());
  });

  it("shows no value after an enum or a class with decorators", () => {
    expect(notebook.cell("enum Colour { Red, Green }").result).to.equal(null);
    expect(notebook.cell("@((_: unknown) => {}) class Marked {}").result).to.equal(null);
    expect(notebook.cell("enum Again { A } Again.A").result).to.equal("tsLastExpr");
  });

  it("cells and files beside the notebook are not strict, as they never were", () => {
    writeFileSync(join(notebook.folder, "loose.ts"), "export function self(this: unknown) { return this; }\n");
    const cell = notebook.cell(`import { self } from "./loose"; self.call(1);`);
    const side = notebook.language.sideModules.get(`${notebook.folder}/loose.js`);
    for (const code of [cell.code, side?.code ?? "use strict"]) expect(code).not.to.contain("use strict");
  });

  it("says so where an await stands in a function that is not async", () => {
    for (const code of [
      "function f() { await 1; }",
      "const o = { m() { await 1; } };",
      "class C { m() { await 1; } }",
      "function f() { for await (const x of []) {} }",
    ]) {
      const [message] = notebook.mistakes(code);
      expect(message, code).to.contain("only allowed within async functions");
      expect(message, code).to.contain("Did you mean to mark this function as 'async'?");
    }
  });

  it("arrays of numbers are named without what lies below them", () => {
    notebook.cell("const numbers = new Float32Array(2);");
    expect(notebook.shown("numbers|")).to.equal("const numbers: Float32Array");
    expect(notebook.mistakes("numbers.foo")[0]).to.equal("Property 'foo' does not exist on type 'Float32Array'.");
    const [both] = notebook.mistakes("const shared: Float32Array<SharedArrayBuffer> = numbers");
    expect(both).to.contain("'Float32Array<ArrayBuffer>'").and.contain("'Float32Array<SharedArrayBuffer>'");
  });
});
