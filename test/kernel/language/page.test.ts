import { expect } from "chai";
import { join } from "node:path";
import { compilerParts } from "../../../kernel/language/compiler.browser";
import { compilerParts as nodeParts } from "../../../kernel/language/compiler";
import { virtualFiles } from "../../../kernel/language/virtualSystem";
import { packageRoot } from "../../../kernel/packages";
import { ROOT } from "../../support/jupyterServer";
import { NotebookInProcess } from "../support/languageInProcess";

interface PageFiles {
  pageFiles(root: string): Record<string, string>;
}

describe("kernel language of a page", function () {
  this.timeout(60_000);
  let notebook: NotebookInProcess;
  before(async () => {
    const { pageFiles } = (await import(join(ROOT, "scripts/lib/pageFiles.mjs"))) as PageFiles;
    for (const [path, text] of Object.entries(pageFiles(packageRoot))) virtualFiles.set(path, text);
    notebook = new NotebookInProcess("/", compilerParts);
  });
  after(() => virtualFiles.clear());

  it("converts, completes and inspects from texts alone", () => {
    notebook.cell(`import { nn, randn } from "receptive"; const net = new nn.Linear(3, 2), x = randn([4, 3]);`);
    const { code, isAsync } = notebook.cell("console.log(await net(x).data()); net(x)");
    expect(code).to.contain("exports.net");
    expect(isAsync).to.equal(true);
    expect(notebook.offered("net.wei|")).to.deep.equal(["weight"]);
    expect(notebook.shown("nn.Conv2d|")).to.contain("new nn.Conv2d(inChannels: number");
    expect(notebook.mistakes("x[0]")[0]).to.contain("x.select(0, 0)");
  });

  it("gives the same code as in Node", () => {
    const there = new NotebookInProcess(undefined, nodeParts);
    for (const code of [
      "const list = [3, 1].toSorted(); list",
      "enum E { A } E.A",
      "for (const n of list) console.log(n)",
    ])
      expect(notebook.cell(code).code).to.equal(there.cell(code).code);
    there.close();
  });

  it("knows the names of a page and none of Node's", () => {
    expect(
      notebook.mistakes("setTimeout(() => performance.now(), 1); process.env.HOME; structuredClone(1)"),
    ).to.deep.equal([]);
    expect(notebook.mistakes(`import "node:fs"; Buffer`).join()).to.contain("Cannot find name 'Buffer'");
    expect(notebook.mistakes(`fs.readFileSync("a")`)[0]).not.to.contain("node:fs");
  });

  it("sees only files that were fetched", () => {
    const system = compilerParts.system(notebook.language.compiler);
    expect(system.fileExists("/types/page/index.d.ts")).to.equal(true);
    expect(system.fileExists(join(ROOT, "package.json"))).to.equal(false);
    expect(system.directoryExists("/types/")).to.equal(true);
    expect(system.getDirectories("/types")).to.have.members(["page", "globals"]);
    expect(() => system.writeFile("/a", "")).to.throw("only read");
  });
});
