/** The student versions of the homeworks are what nbgrader makes of their sources, and nbgrader grades them. */
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { cellsOf, HOMEWORK, homeworkNames, isTest, notebookPath } from "../homework/support/homework";
import { ROOT } from "../support/jupyterServer";
import { BIN, needsClassroom } from "./support/classroom";
import { Course } from "./support/course";

/** Every file of a homework, by its path in the folder. */
const filesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path.slice(folder.length), readFileSync(path, "latin1")]),
  );

describe("homework", function () {
  this.timeout(240_000);
  before(function () {
    needsClassroom(this);
  });

  describe("as it is released", () => {
    const root = mkdtempSync(join(tmpdir(), "receptive-released-"));
    after(() => rmSync(root, { recursive: true }));

    for (const name of homeworkNames())
      it(`is what nbgrader makes of ${name}`, () => {
        const module = pathToFileURL(join(ROOT, "scripts/lib/releaseHomework.mjs")).href;
        const program = `import(${JSON.stringify(module)}).then((m) => m.releaseHomework(...process.argv.slice(1)))`;
        execFileSync(process.execPath, ["-e", program, name, root], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
        const stored = filesOf(join(HOMEWORK, "release", name));
        expect(Object.keys(stored)).to.include(`/${name}.ipynb`);
        // Run npm run homework -- --release after a change of the source.
        expect(stored).to.deep.equal(filesOf(join(root, "release", name)));
      });
  });

  describe("1, graded by nbgrader", () => {
    const name = homeworkNames()[0];
    const source = JSON.parse(readFileSync(notebookPath("source", name), "utf8")) as object;
    const solutions = new Map(cellsOf("source", name).map((cell) => [cell.id, cell.source]));
    let course: Course<"first">;

    before(async () => {
      course = new Course(BIN, { first: source });
      await course.nbgrader("generate_assignment");
      await course.nbgrader("release_assignment");
      await course.submit("perfect", (id, released) => solutions.get(id) ?? released);
      await course.submit("empty", (_, released) => released);
      for (const command of ["collect", "autograde"]) await course.nbgrader(command);
    });
    after(() => course?.dispose());

    const points = (student: string): Record<string, number | null> =>
      Object.fromEntries(course.grades(student).map(({ cell, auto }) => [cell, auto]));
    const expected = (of: (points: number) => number): Record<string, number> =>
      Object.fromEntries(
        cellsOf("source", name)
          .filter(isTest)
          .map(({ id, metadata }) => [id, of(metadata.nbgrader!.points!)]),
      );

    it("gives the solution all points", () => expect(points("perfect")).to.deep.equal(expected((of) => of)));
    it("gives the student version none", () => expect(points("empty")).to.deep.equal(expected(() => 0)));
  });
});
