/** Every lecture is executed once on our kernel; it must keep the rules of lectures, and say what its deck says. */
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { examplesOf } from "./examples";
import { coverageFaults, coverageIn } from "./support/coverage";
import { alternativesIn, exportNotebook, loadedBy } from "./support/exports";
import { brokenRules, kB, largestOutputOf, largestRun, sizeOf } from "./support/lectureRules";
import { isView, outputsOf, readNotebook, saidBy, type Notebook } from "./support/notebook";

const root = join(__dirname, "../../..");
const folder = join(root, "notebooks/lectures");
const names = readdirSync(folder).filter((name) => /^\d\d-.*\.ipynb$/.test(name));
const coverage = coverageIn(readFileSync(join(folder, "COVERAGE.md"), "utf8"));

/** Runs a lecture with the data that it draws itself. */
function execute(number: string, out: string): Notebook {
  const env = { ...process.env };
  delete env.RECEPTIVE_DATA;
  const args = ["scripts/lecture.mjs", number, "--out", out];
  execFileSync(process.execPath, args, { cwd: root, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  return readNotebook(out);
}

const kinds = (notebook: Notebook): string[] =>
  outputsOf(notebook).map((output) => [output.output_type, ...Object.keys(output.data ?? {}).sort()].join(" "));

describe("lectures", function () {
  this.timeout(600_000);
  const scratch = mkdtempSync(join(tmpdir(), "receptive-lectures-"));
  after(() => rmSync(scratch, { recursive: true }));

  it("are there", () => expect(names).to.not.be.empty);

  for (const name of names)
    describe(name, () => {
      const out = join(scratch, name);
      const number = name.slice(0, 2);
      const stored = readNotebook(join(folder, name));
      let executed: Notebook;
      before(() => {
        const began = performance.now();
        executed = execute(number, out);
        const time = `${((performance.now() - began) / 1000).toFixed(1)} s`;
        console.log(`    ${time}, ${kB(sizeOf(executed))}, largest output ${kB(largestOutputOf(executed))}`);
      });

      it("runs without an error and without a word on stderr", () => {
        const bad = outputsOf(executed).filter((o) => o.output_type === "error" || o.name === "stderr");
        expect(bad).to.deep.equal([]);
      });
      it("is stored with its outputs, one for each that a run makes", () => {
        expect(kinds(stored)).to.deep.equal(kinds(executed));
      });
      it("exports to a page that loads nothing, with every picture and formula", () => {
        // A table is shown as HTML, which nbconvert prefers.
        const views = outputsOf(executed).filter((output) => isView(output) && !("text/html" in (output.data ?? {})));
        const { html, said } = exportNotebook(out, "html", `${out}.html`);
        const alternatives = alternativesIn(html);
        expect(alternatives.length).to.equal(views.length).and.to.be.above(0);
        for (const words of alternatives) expect(words).to.match(/\w{3}/).and.not.to.contain("No description");
        expect(loadedBy(html)).to.deep.equal([]);
        expect(said).not.to.contain("not set");
      });

      it("keeps the rules of lectures, stored and executed", () => {
        expect(brokenRules(stored)).to.deep.equal([]);
        expect(brokenRules(executed, largestRun)).to.deep.equal([]);
      });
      it("shows what COVERAGE.md says that it shows", () => {
        expect(coverageFaults(coverage.get(number) ?? [], stored)).to.deep.equal([]);
      });
      it("has worked examples", () => expect(examplesOf[number]).to.not.be.empty);
      for (const { cell: id, says } of examplesOf[number])
        it(`says ${String(says)} in ${id}`, () => {
          const cell = executed.cells.find((each) => each.id === id) ?? expect.fail(`There is no cell ${id}.`);
          if (typeof says === "string") expect(saidBy(cell)).to.contain(says);
          else expect(saidBy(cell)).to.match(says);
        });
    });

  it("have a section each in COVERAGE.md", () => {
    expect([...coverage.keys()]).to.include.members(names.map((name) => name.slice(0, 2)));
  });
});
