/** The gallery is what the script writes from the views' examples, and each of them shows something. */
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { show } from "../../src";

const root = join(__dirname, "../../..");

interface Cell {
  cell_type: string;
  id: string;
  source: string | string[];
  outputs?: { output_type: string; name?: string; data?: Record<string, unknown> }[];
}
const cellsOf = (path: string): Cell[] => (JSON.parse(readFileSync(path, "utf8")) as { cells: Cell[] }).cells;
const sources = (cells: Cell[]): unknown => cells.map(({ id, source }) => [id, [source].flat().join("")]);
const gallery = (...flags: string[]): string =>
  execFileSync(process.execPath, ["scripts/gallery.mjs", ...flags], { cwd: root, encoding: "utf8" });

describe("the gallery", function () {
  this.timeout(120000);
  const folder = mkdtempSync(join(tmpdir(), "receptive-gallery-"));
  after(() => rmSync(folder, { recursive: true }));
  const stored = cellsOf(join(root, "notebooks/gallery.ipynb"));

  it("is what npm run gallery writes: run it after a change of a view's example", () => {
    expect(sources(stored)).to.deep.equal(sources(JSON.parse(gallery("--sources")) as Cell[]));
  });

  it("has a section for every view", () => {
    const sections = stored.filter(({ id }) => id.endsWith("-words")).map(({ id }) => id.replace("-words", ""));
    expect(sections.sort()).to.deep.equal(Object.keys(show).sort());
  });

  it("runs, and each example gives a view, a picture and text", () => {
    const out = join(folder, "gallery.ipynb");
    gallery("--out", out);
    for (const { cell_type: type, id, outputs = [] } of cellsOf(out)) {
      const bad = outputs.filter(({ output_type: kind, name }) => kind === "error" || name === "stderr");
      expect(bad, id).to.deep.equal([]);
      if (type !== "code" || id === "preparation") continue;
      const types = outputs.flatMap(({ data }) => Object.keys(data ?? {}));
      expect(types, id).to.include("text/plain");
      expect(
        types.some((name) => name.startsWith("application/vnd.")),
        id,
      ).to.equal(true);
      expect(types.includes("image/png") || types.includes("image/svg+xml"), id).to.equal(true);
    }
  });
});
