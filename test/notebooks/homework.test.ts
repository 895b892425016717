/** Every homework's solution is executed once on our kernel, and its student version, which fails exactly its tests. */
import { expect } from "chai";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { cellsOf, homeworkNames, isTest, type HomeworkCell } from "../homework/support/homework";
import { outputsOf, readNotebook, saidBy, type Cell, type Notebook } from "./support/notebook";

const root = join(__dirname, "../../..");
/** nbgrader kills a cell at 30 s; on two idle cores none may take more than ten. */
const slowest = 25;
/** Of each homework. */
const allPoints = 20;

interface Ran {
  notebook: Notebook;
  /** What the command prints. */
  said: string;
}

/** Runs a homework with the data that it draws itself. */
async function run(number: string, version: "source" | "release", name: string): Promise<Ran> {
  const env = { ...process.env };
  delete env.RECEPTIVE_DATA;
  const args = ["scripts/homework.mjs", number, ...(version === "release" ? ["--student"] : [])];
  const { stdout: said } = await promisify(execFile)(process.execPath, args, { cwd: root, env });
  return { notebook: readNotebook(join(root, "test-output/homework", version, name, `${name}.ipynb`)), said };
}

const isOfKind = (cell: Cell, kind: "error" | "stderr"): boolean =>
  (cell.outputs ?? []).some((output) => output.output_type === kind || output.name === kind);
const idsOf = (cells: readonly { id: string }[]): string[] => cells.map(({ id }) => id);
const secondsIn = (said: string): number[] =>
  [...said.matchAll(/^ +cell .*: ([\d.]+) s$/gm)].map(([, time]) => Number(time));

describe("homework", () => it("is six notebooks", () => expect(homeworkNames()).to.have.length(6)));

for (const name of homeworkNames()) {
  const number = name.slice(0, 2);

  describe(`homework ${name}`, function () {
    this.timeout(300_000);
    const cells = cellsOf("source", name);
    const tests = cells.filter(isTest);
    let solution: Ran;
    let student: Ran;
    before(async () => {
      // What students get computes little: it runs beside the solution.
      [solution, student] = await Promise.all([run(number, "source", name), run(number, "release", name)]);
      console.log(
        `    slowest cell ${Math.max(...secondsIn(solution.said))} s;${/wall time +(.*)/.exec(solution.said)?.[1]}`,
      );
    });

    it("is solved by its solution: no error, nothing on stderr, all points", () => {
      expect(
        solution.notebook.cells.filter((cell) => isOfKind(cell, "error") || isOfKind(cell, "stderr")),
      ).to.deep.equal([]);
      const points = tests.reduce((sum, { metadata }) => sum + (metadata.nbgrader?.points ?? 0), 0);
      expect(solution.said).to.contain(`points     ${points} of ${points}`);
    });

    it(`has no cell that takes longer than ${slowest} s`, () => {
      expect(secondsIn(solution.said)).to.have.length(cells.filter(({ cell_type: type }) => type === "code").length);
      expect(Math.max(...secondsIn(solution.said))).to.be.below(slowest);
    });

    it("fails in the student version exactly in its tests, and earns nothing", () => {
      const failing = student.notebook.cells.filter((cell) => isOfKind(cell, "error"));
      const partial = tests.filter((cell) => /partial: true/.test(cell.source));
      expect(idsOf(failing)).to.have.members(idsOf(tests.filter((cell) => !partial.includes(cell))));
      expect(student.notebook.cells.filter((cell) => isOfKind(cell, "stderr"))).to.deep.equal([]);
      expect(student.said).to.match(/points {5}0 of/);
    });

    it("reports every check of the student version as failed, and none of the solution", () => {
      for (const [{ notebook }, mark] of [
        [student, "✗ "],
        [solution, "✓ "],
      ] as const)
        // prettier-ignore
        for (const { id } of tests) {
          const cell = notebook.cells.find((each) => each.id === id) ?? expect.fail(`There is no cell ${id}.`);
          expect(saidBy(cell), id).to.contain(`${mark}${id}`);
        }
    });

    it("is worth 20 points; each test cell has one check with the cell's name and points", () => {
      const graded = cells.filter(({ metadata }) => metadata.nbgrader?.grade);
      expect(graded.reduce((sum, { metadata }) => sum + metadata.nbgrader!.points!, 0)).to.equal(allPoints);
      for (const { id, source, metadata } of tests) {
        expect(source.match(/\bcheck\(/g), id).to.have.length(1);
        const [, named, points] = /check\(\s*"([^"]+)",\s*\{[^}]*\bpoints: ([\d.]+)/.exec(source) ?? [];
        expect([named, Number(points)], id).to.deep.equal([id, metadata.nbgrader!.points]);
      }
    });

    it("releases neither solutions nor hidden tests, and a name for every cell", () => {
      const text = cellsOf("release", name)
        .map(({ source }) => source)
        .join("\n");
      expect(text).not.to.match(/SOLUTION|HIDDEN TESTS/);
      for (const { id, metadata } of cells) if (metadata.nbgrader) expect(metadata.nbgrader.grade_id).to.equal(id);
      expect(text).to.contain("check.summary()");
    });

    it("keeps solutions inside functions and classes, and needs no Node", () => {
      const answers = cells.filter((cell) => cell.cell_type === "code" && cell.metadata.nbgrader?.solution);
      expect(answers).not.to.be.empty;
      for (const { id, source } of answers)
        expect(source, id)
          .to.match(/^ +\/\/ BEGIN SOLUTION$/m)
          .and.not.match(/^\/\/ BEGIN/m);
      for (const { id, source, cell_type: type } of cells)
        if (type === "code") expect(source, id).not.to.match(/\bprocess\.|\brequire\(|["']node:/);
    });

    it("says what is learned, how long it takes, what errors mean, and asks before each test", () => {
      const words = (cell: HomeworkCell): string => (cell.cell_type === "markdown" ? cell.source : "");
      expect(words(cells[0]))
        .to.match(/^# Homework \d · \S/)
        .and.match(/^- /m)
        .and.match(/\bminutes\b/);
      expect(cells.map(words).join("\n")).to.match(/^## What the errors mean/m);
    });

    it("prints no picture without words", () => {
      for (const { data } of outputsOf(solution.notebook))
        if (data && "image/png" in data) expect(data["text/plain"]).to.match(/\w/);
    });
  });
}
