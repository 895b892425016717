/** The rules of lectures, on a small notebook that keeps all of them and is then broken one by one. */
import { expect } from "chai";
import { coverageFaults, coverageIn } from "./support/coverage";
import { brokenRules } from "./support/lectureRules";
import { saidBy, type Cell, type Notebook, type Output } from "./support/notebook";

const view: Output = {
  output_type: "execute_result",
  data: {
    "application/vnd.receptive.v1+json": { title: "A map" },
    "image/png": "iVBO",
    "text/plain": ["A map\n", "1"],
  },
};
const cell = (id: string, type: "markdown" | "code", slide: string, source: string, outputs?: Output[]): Cell => ({
  ...{ cell_type: type, id, metadata: { slideshow: { slide_type: slide } }, source },
  ...(outputs && { outputs }),
});
const lecture = (): Notebook => ({
  cells: [
    cell("goals", "markdown", "slide", "# 9 · A lecture"),
    cell("setup", "code", "skip", "manualSeed(0);", []),
    cell("maps", "markdown", "slide", "## Maps"),
    cell("maps-notes", "markdown", "notes", "> **Lecturer, 40 min:** ask the room."),
    cell("map", "code", "-", "show.featureMaps(maps)", [view]),
    cell("end", "markdown", "slide", "## Quiz"),
    cell("end-notes", "markdown", "notes", "> **Lecturer, 35 min:** wait."),
    cell("quiz", "code", "-", 'await show.quiz("a", 1); await show.quiz("b", 1); await show.ask("c", 1);', []),
    cell("references", "markdown", "slide", "## References"),
  ],
});
const cellOf = (notebook: Notebook, id: string): Cell =>
  notebook.cells.find((each) => each.id === id) ?? expect.fail(`no cell ${id}`);

/** The lecture with other fields in one cell. */
function changed(id: string, fields: Partial<Cell>): Notebook {
  const notebook = lecture();
  Object.assign(cellOf(notebook, id), fields);
  return notebook;
}
const noPicture: Output = { ...view, data: { ...view.data, "image/png": undefined } };
delete noPicture.data?.["image/png"];
const noText: Output = { ...view, data: { ...view.data } };
delete noText.data?.["text/plain"];
const slide = (type: string): Partial<Cell> => ({ metadata: { slideshow: { slide_type: type } } });

describe("the rules of lectures", () => {
  it("are kept by a lecture that keeps them", () => expect(brokenRules(lecture())).to.deep.equal([]));

  const cases: [string, Notebook, string[]][] = [
    ["unique ids", changed("quiz", { id: "map" }), ["map: two cells have this id"]],
    ["errors", changed("setup", { outputs: [{ output_type: "error" }] }), ["setup: ends with an error"]],
    [
      "stderr",
      changed("setup", { outputs: [{ output_type: "stream", name: "stderr", text: "no\n" }] }),
      ["setup: writes to stderr: no"],
    ],
    ["pictures", changed("map", { outputs: [noPicture] }), ["map: a view has no picture"]],
    ["texts", changed("map", { outputs: [noText] }), ["map: a view has no text"]],
    [
      "large outputs",
      changed("setup", { outputs: [{ output_type: "stream", name: "stdout", text: "x".repeat(400_000) }] }),
      ["setup: an output has 401 kB, more than 400 kB"],
    ],
    [
      "large files",
      changed("setup", { outputs: Array.from({ length: 9 }, () => ({ output_type: "x", text: "x".repeat(350_000) })) }),
      ["the file has 3153 kB, more than 3000 kB"],
    ],
    ["slide types", changed("setup", { metadata: {} }), ["setup: no slide_type"]],
    ["known slide types", changed("setup", slide("slides")), ["setup: slide_type is slides"]],
    ["notes", changed("maps-notes", { source: "Ask." }), [
      'maps-notes: the note does not begin with "> **Lecturer, 5 min:** "',
      "the notes have 35 minutes, not 60 to 100",
    ]], // prettier-ignore
    ["notes of every slide", changed("map", slide("slide")), ["map: a slide without notes"]],
    ["minutes", changed("end-notes", { source: "> **Lecturer, 90 min:** wait." }), [
      "the notes have 130 minutes, not 60 to 100",
    ]], // prettier-ignore
    ["questions", changed("quiz", { source: 'await show.quiz("a", 1)' }), [
      "1 questions of show.quiz or show.ask, not three",
    ]], // prettier-ignore
    ["the seed", changed("setup", { source: "manualSeed(n)" }), ["0 times manualSeed(<number>), not once"]],
    ...["process.env", 'require("fs")', 'import "node:fs"', "Buffer.from"].map((code): [string, Notebook, string[]] => [
      `Node's ${code}`,
      changed("map", { source: code }),
      [`map: ${/process\.|require\(|"node:|Buffer/.exec(code)?.[0]} is Node's`],
    ]),
  ];
  for (const [what, notebook, broken] of cases)
    it(`look at ${what}`, () => expect(brokenRules(notebook)).to.deep.equal(broken));

  it("let a word such as process stand in prose and in names", () => {
    expect(brokenRules(changed("map", { source: "// how we process\nprocessed(x)" }))).to.deep.equal([]);
  });
});

describe("what a cell says", () => {
  it("is its prints, values, tables, and the words of its views", () => {
    const outputs: Output[] = [
      { output_type: "stream", name: "stdout", text: ["loss\n", "  1.2\n"] },
      { output_type: "execute_result", data: { "text/html": "<style>td{}</style><td>3</td><td>&lt; 4</td>" } },
      { output_type: "display_data", data: { "application/vnd.receptive.v1+json": { title: "Maps", marks: [{ caption: "9 = 3 × 3", pixels: { values: "A".repeat(40) } }] } } }, // prettier-ignore
    ];
    const said = saidBy(cell("a", "code", "-", "", outputs));
    for (const words of ["loss 1.2", "3 < 4", "Maps", "9 = 3 × 3"]) expect(said).to.contain(words);
    expect(said).not.to.match(/AAAA|td\{/);
  });
});

describe("COVERAGE.md", () => {
  const markdown =
    "# What\n\n## 09\n\n| topic | cell |\n| --- | --- |\n| a map | `map` |\n| x \\| y | map |\n\n## 10\n";
  it("has a table a deck", () => {
    expect([...coverageIn(markdown)]).to.deep.equal([
      ["09", [{ topic: "a map", cell: "map" }, { topic: "x \\| y", cell: "map" }]],
      ["10", []],
    ]); // prettier-ignore
  });
  it("names cells that assert or make a view", () => {
    const notebook = changed("setup", { source: "expect(1).to.equal(1)" });
    const rows = (...cells: string[]) => cells.map((each, i) => ({ topic: `topic ${i}`, cell: each }));
    expect(coverageFaults(rows("map", "setup", "map", "map"), notebook)).to.deep.equal([]);
    expect(coverageFaults([], notebook)).to.deep.equal(["no topic is covered"]);
    expect(coverageFaults(rows("maps", "quiz", "gone", ...Array<string>(4).fill("map")), notebook)).to.deep.equal([
      "topic 0: maps is no code cell",
      "topic 1: quiz neither asserts nor makes a view",
      "topic 2: there is no cell gone",
      "map serves 4 topics",
    ]);
  });
});
