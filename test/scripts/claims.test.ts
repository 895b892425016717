import { expect } from "chai";
import { Sandbox } from "./sandbox";
import { needsUnix } from "../support/unix";

const cell = (id: string, tags: string[], source = "") => ({
  ...{ cell_type: "code", id, metadata: { tags }, source, execution_count: 1, outputs: [] },
});

/** "Runs" a notebook: a cell fails whose source has the seed after "fails with". */
const run = `
  const notebook = JSON.parse(require("fs").readFileSync(args[3], "utf8"));
  const seed = /manualSeed\\((\\d+)\\)/.exec(notebook.cells[0].source)[1];
  for (const each of notebook.cells)
    if (each.source.includes("fails with " + seed)) each.outputs = [{ output_type: "error" }];
  write(args[4], JSON.stringify(notebook));`;

describe("npm run claims", function () {
  let box: Sandbox;
  beforeEach(function () {
    needsUnix(this);
    box = new Sandbox();
    box.stubNotebooks(run);
  });
  afterEach(() => box?.[Symbol.dispose]());

  const lecture = (name: string, ...cells: object[]) =>
    box.write(
      `notebooks/lectures/${name}.ipynb`,
      JSON.stringify({ cells: [cell("setup", [], "manualSeed(0)"), ...cells] }),
    );
  const table = (stdout: string) =>
    stdout
      .slice(stdout.indexOf("\nlecture"))
      .replace(/\d+\.\d s/g, "T")
      .replace(/ +/g, " ");

  it("says of each claim whether it holds with each seed", async () => {
    lecture("01-a", cell("accuracy", ["claim"]), cell("words", []));
    lecture("02-b");
    const { code, stdout, stderr } = await box.run("claims.mjs");
    expect(stderr).to.equal("");
    expect(table(stdout)).to.equal(
      "\nlecture 01 seed 0 seed 1 seed 2\naccuracy passed passed passed\ntime T T T\n" +
        '\nlecture 02 seed 0 seed 1 seed 2\nno cell has the tag "claim"\ntime T T T\n',
    );
    expect(code).to.equal(0);
  });

  it("fails with a claim that fails, and names other cells that fail", async () => {
    lecture("01-a", cell("accuracy", ["claim"], "fails with 4"), cell("words", [], "fails with 5"));
    const { code, stdout, stderr } = await box.run("claims.mjs", ["01", "--seeds", "4,5"]);
    expect(table(stdout)).to.equal(
      "\nlecture 01 seed 4 seed 5\naccuracy FAILED passed\nwords (no claim) passed FAILED\ntime T T\n",
    );
    expect(stderr).to.equal("2 of the cells fail. Their notebooks are in test-output/claims/.\n");
    expect(code).to.equal(1);
  });

  it("answers wrong options in one line", async () => {
    lecture("01-a");
    const usage = "Usage: npm run claims [-- 03 05] [--seeds 0,1,2] [--data DIR]\n";
    expect((await box.run("claims.mjs", ["--fast"])).stderr).to.equal(`claims does not know --fast. ${usage}`);
    expect((await box.run("claims.mjs", ["--seeds", "a"])).stderr).to.equal(
      `--seeds wants whole numbers, such as 0,1,2. ${usage}`,
    );
    expect((await box.run("claims.mjs", ["09"])).stderr).to.equal("There is no lecture 09. Lectures: 01.\n");
  });
});
