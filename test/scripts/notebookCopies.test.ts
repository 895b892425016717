import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Sandbox } from "./sandbox";
import { needsUnix } from "../support/unix";

const notebook = (...sources: string[]) =>
  JSON.stringify({
    cells: sources.map((source, i) => ({ cell_type: "markdown", id: `cell-${i}`, metadata: {}, source })),
    metadata: { kernelspec: { name: "receptive" } },
  });
const goals =
  "# 2 · Filters\n\nAfter this lecture you can\n\n- compute a convolution\n  by hand;\n- count weights.\n\n**Time:** 80 minutes.";

describe("lectures and homework as they are opened", function () {
  let box: Sandbox;
  beforeEach(function () {
    needsUnix(this);
    box = new Sandbox();
    box.write("notebooks/lectures/01-first-net.ipynb", notebook("# 1 · A first net\n\nA net, piece by piece."));
    box.write("notebooks/lectures/02-filters.ipynb", notebook(goals));
  });
  afterEach(() => box?.[Symbol.dispose]());

  const read = (path: string) => readFileSync(join(box.root, "notebooks", path), "utf8");
  const notebooks = () => readdirSync(join(box.root, "notebooks/my")).filter((name) => name.endsWith(".ipynb"));
  /** Makes the copies, as the last step of `npm start` does; prints whether there was something to do. */
  async function start(): Promise<string> {
    box.write(
      "scripts/copies.mjs",
      `import { notebookCopies } from "./lib/notebookCopies.mjs";
       console.log(notebookCopies.isDone() ? "up to date" : "copied");
       notebookCopies.run();
       if (!notebookCopies.isDone()) console.log("still something to do");`,
    );
    const { stdout, stderr } = await box.run("copies.mjs");
    expect(stderr).to.equal("");
    return stdout.trim();
  }

  it("are copies that know where their stored state is; the stored ones stay as they are", async () => {
    const stored = read("lectures/02-filters.ipynb");
    expect(await start()).to.equal("copied");
    expect(notebooks()).to.deep.equal(["01-first-net.ipynb", "02-filters.ipynb"]);
    const copy = JSON.parse(read("my/02-filters.ipynb")) as Record<string, unknown>;
    expect(copy.metadata).to.deep.equal({
      ...{ kernelspec: { name: "receptive" }, receptive: { stored: "../lectures/02-filters.ipynb" } },
    });
    expect(copy.cells).to.deep.equal((JSON.parse(stored) as Record<string, unknown>).cells);
    expect(read("lectures/02-filters.ipynb")).to.equal(stored);
    expect(await start()).to.equal("up to date");
  });

  it("follow a changed lecture, unless somebody has saved the copy", async () => {
    await start();
    box.write("notebooks/my/01-first-net.ipynb", notebook("# Mine"));
    for (const name of ["01-first-net", "02-filters"])
      box.write(`notebooks/lectures/${name}.ipynb`, notebook("# Newer"));
    expect(await start()).to.equal("copied");
    expect(read("my/01-first-net.ipynb")).to.contain("# Mine");
    expect(read("my/02-filters.ipynb")).to.contain("# Newer");
    expect(await start()).to.equal("up to date");
  });

  it("are reset by npm run lecture -- 01 --reset, which keeps what was saved", async () => {
    await start();
    box.write("notebooks/my/01-first-net.ipynb", notebook("# Mine"));
    const { stdout, code } = await box.run("lecture.mjs", ["01", "--reset"]);
    expect(code).to.equal(0);
    const kept = notebooks().find((name) => name.startsWith("01-first-net 2")) ?? "nothing";
    expect(kept).to.match(/^01-first-net \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.ipynb$/);
    expect(stdout).to.equal(
      `kept       notebooks/my/${kept}\n` +
        "reset      notebooks/my/01-first-net.ipynb is as it is stored. If it is open: File > Reload Notebook from Disk.\n",
    );
    expect(read(`my/${kept}`)).to.contain("# Mine");
    expect(read("my/01-first-net.ipynb")).to.contain("# 1 · A first net");
  });

  it("of homework lie in folders of their own, and are reset by npm run homework -- 1 --reset", async () => {
    const released = notebook("# Homework 1 · By hand");
    for (const version of ["source", "release"])
      box.write(`notebooks/homework/${version}/01-by-hand/01-by-hand.ipynb`, released);
    await start();
    const copy = "my/homework/01-by-hand/01-by-hand.ipynb";
    const { metadata } = JSON.parse(read(copy)) as { metadata: { receptive: { stored: string } } };
    expect(read(join("my/homework/01-by-hand", metadata.receptive.stored))).to.equal(released);
    box.write(`notebooks/${copy}`, notebook("# Mine"));
    const { stdout, stderr } = await box.run("homework.mjs", ["1", "--reset"]);
    expect(stderr).to.equal("");
    expect(stdout).to.match(/^kept {7}notebooks\/my\/homework\/01-by-hand\/01-by-hand 2.*\nreset /);
    expect(read(copy)).to.contain("Homework 1");
  });

  it("are reset without a word about a version that nobody has changed, and made if they are not there", async () => {
    const first = await box.run("lecture.mjs", ["1", "--reset"]);
    const second = await box.run("lecture.mjs", ["1", "--reset"]);
    for (const { stdout, code } of [first, second]) {
      expect(code).to.equal(0);
      expect(stdout).to.match(/^reset {6}notebooks\/my\/01-first-net.ipynb is as it is stored\./);
    }
    expect(notebooks()).to.deep.equal(["01-first-net.ipynb"]);
  });

  it("are listed with homework on a page, with what each teaches and links that lead somewhere", async () => {
    box.write("notebooks/homework/release/01-by-hand/01-by-hand.ipynb", notebook("# Homework 1 · By hand\n\nLoops."));
    box.write("notebooks/gallery.ipynb", "{}");
    await start();
    const page = read("my/index.md");
    expect(page).to.contain("### [1 · A first net](01-first-net.ipynb)\n\nA net, piece by piece.\n");
    expect(page).to.contain(
      "### [2 · Filters](02-filters.ipynb)\n\n- compute a convolution\n  by hand;\n- count weights.\n",
    );
    expect(page).to.contain("[Homework 1 · By hand](homework/01-by-hand/01-by-hand.ipynb)\n\nLoops.\n");
    const links = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link);
    expect(links).to.have.length(4);
    for (const link of links) expect(() => read(join("my", decodeURI(link)))).not.to.throw();
  });
});
