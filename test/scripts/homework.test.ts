import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Sandbox } from "./sandbox";
import { needsUnix } from "../support/unix";

const usage =
  "Usage: npm run homework -- 2 [--student] [--data DIR], with --html or --pdf [--out FILE], with --reset, or --release with any numbers\n";

const testCell = (id: string, points: number, ...outputs: object[]) => ({
  cell_type: "code",
  execution_count: 1,
  metadata: { nbgrader: { grade: true, solution: false, points, grade_id: id } },
  outputs,
});
const failure = { output_type: "error", ename: "CheckFailed", evalue: "q2: failed, 0 of 3 points.", traceback: [] };
const value = (text: string) => ({ output_type: "execute_result", data: { "text/plain": text } });

describe("npm run homework", function () {
  let box: Sandbox;
  beforeEach(function () {
    needsUnix(this);
    box = new Sandbox();
    for (const version of ["source", "release"])
      for (const name of ["01-by-hand", "02-backward"])
        box.write(`notebooks/homework/${version}/${name}/${name}.ipynb`, JSON.stringify({ cells: [], version }));
  });
  afterEach(() => box?.[Symbol.dispose]());

  /** Lets the stub of Python "run" notebooks to this result, and leave a file beside them. */
  function executes(cells: object[], exitCode: number): void {
    box.stubNotebooks(`
        console.log("was", JSON.parse(require("fs").readFileSync(args[3], "utf8")).version, args.slice(5).join(" "));
        write(args[4], ${JSON.stringify(JSON.stringify({ cells }))});
        write(join(dirname(args[4]), "weights.bin"), "w");
        process.exit(${exitCode});`);
  }
  const folderOf = (version: string) => join(box.root, "test-output/homework", version, "02-backward");

  it("runs the solution in a copy, cells that the grader skips too, and counts points", async () => {
    executes([testCell("q1", 2), testCell("q2", 3, value("2.5"))], 0);
    const { stdout, stderr, code } = await box.run("homework.mjs", ["2"]);
    expect(stderr).to.equal("");
    expect(code).to.equal(0);
    expect(stdout).to.contain("Running notebooks/homework/source/02-backward/02-backward.ipynb\n");
    expect(stdout).to.contain(`was source --folder ${folderOf("source")} --run-skipped`);
    expect(stdout).to.contain("points     4.5 of 5, without what is graded by hand\n");
    expect(existsSync(join(folderOf("source"), "weights.bin"))).to.equal(true);
    const course = join(box.root, "notebooks/homework/source/02-backward");
    expect(existsSync(join(course, "weights.bin"))).to.equal(false);
    expect(readFileSync(join(course, "02-backward.ipynb"), "utf8")).to.contain("source");
  });

  it("runs the student version to its end, where tests fail", async () => {
    executes([testCell("q1", 2, failure), testCell("q2", 3, value("0"))], 0);
    const { stdout, stderr, code } = await box.run("homework.mjs", ["02", "--student"]);
    expect([stderr, code]).to.deep.equal(["", 0]);
    expect(stdout).to.contain(`was release --folder ${folderOf("release")} --all-cells\n`);
    expect(stdout).to.contain("errors     1\n").and.to.contain("points     0 of 5,");
  });

  it("names the cell of a solution that fails", async () => {
    executes([testCell("q1", 2), testCell("q2", 3, failure)], 2);
    const { stderr, code } = await box.run("homework.mjs", ["2"]);
    expect(stderr).to.equal(
      "Cell [2] of test-output/homework/source/02-backward/02-backward.ipynb failed: CheckFailed: q2: failed, 0 of 3 points.\n",
    );
    expect(code).to.equal(1);
  });

  for (const [args, message] of [
    [["7"], "There is no homework 7. Homework: 01, 02.\n"],
    [["7", "--release"], "There is no homework 7. Homework: 01, 02.\n"],
    [[], `Which homework? ${usage}`],
    [["1", "2"], `Which homework? ${usage}`],
    [["1", "--fast"], `homework does not know --fast. ${usage}`],
    [["1", "--out"], `--out wants a path. ${usage}`],
    [["1", "--html", "--reset"], `--html and --reset exclude each other. ${usage}`],
  ] as const)
    it(`answers "${args.join(" ")}" in one line`, async () => {
      const { stderr, code } = await box.run("homework.mjs", [...args]);
      expect([stderr, code]).to.deep.equal([message, 1]);
    });
});
