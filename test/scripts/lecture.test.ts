import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Sandbox } from "./sandbox";
import { needsUnix } from "../support/unix";

const usage =
  "Usage: npm run lecture -- 01|NOTEBOOK.ipynb [--data DIR] [--seed N] [--out FILE | --in-place], with --html, --slides or --pdf [--out FILE], or with --reset\n";
const stream = (text: string) => ({ output_type: "stream", name: "stdout", text: [text] });
const code = (count: number | null, ...outputs: object[]) => ({
  cell_type: "code",
  execution_count: count,
  outputs,
});

describe("npm run lecture", function () {
  let box: Sandbox;
  beforeEach(function () {
    needsUnix(this);
    box = new Sandbox();
    box.write("notebooks/lectures/01-first-net.ipynb", "{}");
    box.write("notebooks/lectures/02-filters.ipynb", "{}");
  });
  afterEach(() => box?.[Symbol.dispose]());

  /** Lets the stub of Python "run" notebooks to this result. */
  function executes(cells: object[], exitCode: number): void {
    box.stubNotebooks(`
        write(args[4], ${JSON.stringify(JSON.stringify({ cells }))});
        console.log("RECEPTIVE_DATA=" + process.env.RECEPTIVE_DATA);
        process.exit(${exitCode});`);
  }

  it("sums up what the notebook did", async () => {
    executes(
      [code(1, stream("Data: CIFAR-10\n")), { cell_type: "markdown" }, code(2, stream("loss 1.2\naccuracy 54 %\n"))],
      0,
    );
    const result = await box.run("lecture.mjs", ["1", "--data", "src"]);
    expect(result.stderr).to.equal("");
    expect(result.stdout).to.contain(`RECEPTIVE_DATA=${box.root}/src`);
    const summary = result.stdout.slice(result.stdout.indexOf("cells  ")).replace(/\d+\.\d s/, "T");
    expect(summary.split("\n")).to.deep.equal([
      "cells      2 of 2 run",
      "errors     0",
      "wall time  T",
      "size       1 kB; largest output 1 kB, of cell [2]",
      `data       ${box.root}/src; Data: CIFAR-10`,
      "last lines printed:",
      "  Data: CIFAR-10",
      "  loss 1.2",
      "  accuracy 54 %",
      "outputs    test-output/01-first-net.ipynb",
      "",
    ]);
    expect(result.code).to.equal(0);
  });

  it("names the cell that failed and its error", async () => {
    const error = { output_type: "error", ename: "ShapeError", evalue: "conv2d: no", traceback: [] };
    executes([code(1), { cell_type: "markdown" }, code(2, error), code(null)], 2);
    const result = await box.run("lecture.mjs", ["01", "--in-place"]);
    expect(result.stderr).to.equal("Cell [2] of test-output/01-first-net.ipynb failed: ShapeError: conv2d: no\n");
    expect(result.stdout).to.contain("cells      2 of 3 run\nerrors     1\n");
    expect(result.code).to.equal(1);
  });

  describe("--seed", () => {
    const seeded = (source: string) =>
      box.write("notebooks/lectures/01-first-net.ipynb", JSON.stringify({ cells: [{ ...code(null), source }] }));

    it("runs a copy with this number, and leaves the lecture as it is", async () => {
      const source = "manualSeed(0);\nnet.train();";
      seeded(source);
      box.stubNotebooks(
        `console.log("ran", args[3], require("fs").readFileSync(args[3], "utf8"), args.slice(5).join(" "));`,
      );
      const result = await box.run("lecture.mjs", ["01", "--seed", "7"]);
      expect(result.stderr).to.equal("");
      const copy = `${box.root}/test-output/01-first-net.ipynb`;
      expect(result.stdout).to.contain(`ran ${copy} `).and.to.contain("manualSeed(7);\\nnet.train();");
      expect(result.stdout).to.contain(`--folder ${box.root}/notebooks/lectures`);
      expect(readFileSync(join(box.root, "notebooks/lectures/01-first-net.ipynb"), "utf8")).to.contain("manualSeed(0)");
    });
    it("wants one number to replace", async () => {
      seeded("manualSeed(seed);");
      const result = await box.run("lecture.mjs", ["01", "--seed", "7"]);
      expect(result.stderr).to.equal(
        "notebooks/lectures/01-first-net.ipynb has manualSeed(<number>) 0 times. A seed needs it once, in a code cell.\n",
      );
    });
  });

  for (const [args, message] of [
    [["07"], "There is no lecture 07. Lectures: 01, 02.\n"],
    [[], `Which lecture? ${usage}`],
    [["01", "--fast"], `lecture does not know --fast. ${usage}`],
    [["01", "--out"], `--out wants a path. ${usage}`],
    [["01", "--seed", "x"], `--seed wants a whole number. ${usage}`],
    [
      ["01", "--seed", "1", "--in-place"],
      "A lecture is stored with its own seed: --seed goes without --in-place. Use --out FILE.\n",
    ],
    [["01", "--html", "--seed", "1"], `--html takes the stored outputs; of the other options it has --out. ${usage}`],
    [["/nowhere.ipynb"], "There is no notebook /nowhere.ipynb. Give its path, or a lecture's number.\n"],
    [
      ["01", "--data", "/nowhere"],
      "The data folder /nowhere does not exist. Give the folder that holds the data sets.\n",
    ],
  ] as const) {
    it(`answers "${args.join(" ")}" in one line`, async () => {
      const result = await box.run("lecture.mjs", [...args]);
      expect(result.stderr).to.equal(message);
      expect(result.code).to.equal(1);
    });
  }
});
