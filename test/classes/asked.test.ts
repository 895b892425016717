/** A homework whose questions are answered by pointing, from release to feedback: the answer lies in the source, which nbgrader keeps. */
import { expect } from "chai";
import { editOf } from "../../extension/src/question/source";
import { decodePng } from "../display/support";
import { BIN, needsClassroom } from "./support/classroom";
import { codeCell, Course, notebookOf } from "./support/course";

const ask = (
  answer: string,
): string => `const q1 = await show.ask("q1", "Which unit answers to vertical edges?", view, {
  pick: "unit",
  answer: ${answer},
});`;
const quiz = (answer: string): string =>
  `const q2 = await show.quiz("q2", "How many weights has it?", { number: true, unit: "weights", answer: ${answer} });`;
/** A solution between nbgrader's marks: a function, in place of whose body nbgrader puts a stub that throws. */
const solved = (answer: string): string =>
  `() => {\n    // BEGIN SOLUTION\n    return ${answer};\n    // END SOLUTION\n  }`;
const STUB = '() => {\n    // YOUR CODE HERE\n    throw new Error("No answer given.");\n  }';

const solution = (id: string, source: string): object =>
  codeCell(id, source, { grade: false, solution: true, locked: false });
const test = (id: string, source: string): object =>
  codeCell(id, source, { grade: true, solution: false, locked: true, points: 2 });

const cells = [
  codeCell(
    "setup",
    `import { fromArray, show } from "receptive";
const maps = fromArray(Float32Array.from({ length: 256 }, (_, i) => (i % 17) / 16), [4, 8, 8]);
const view = show.featureMaps(maps, { title: "conv1" });`,
    { grade: false, solution: false, locked: true },
  ),
  solution("q1-answer", ask(solved('{ layer: "conv1", unit: 2 }'))),
  test(
    "q1",
    'if (q1 === null) throw new Error("nothing is picked");\n// BEGIN HIDDEN TESTS\nif (q1.layer !== "conv1" || q1.unit !== 2) throw new Error("another unit");\n// END HIDDEN TESTS',
  ),
  solution("q2-answer", quiz(solved("456"))),
  test("q2", 'if (q2 !== 456) throw new Error("wrong: " + q2);'),
];

/** What the extension writes into the released cell for a click. */
function answered(released: string, id: string, answer: string): string {
  const edit = editOf(released, id, answer);
  if (typeof edit === "string") throw new Error(edit);
  return released.slice(0, edit.from) + edit.text + released.slice(edit.to);
}

const students: Record<string, Record<string, string>> = {
  right: { q1: '{ layer: "conv1", unit: 2 }', q2: "456" },
  wrong: { q1: '{ layer: "conv1", unit: 1 }', q2: "450" },
  lost: { q1: '{ layer: "conv9", unit: 1 }' },
  idle: {},
};

describe("a homework that is answered by pointing", function () {
  this.timeout(240_000);
  let course: Course<"asked">;

  before(async function () {
    needsClassroom(this);
    course = new Course(BIN, { asked: notebookOf("typescript", cells) });
    await course.nbgrader("generate_assignment");
    await course.nbgrader("release_assignment");
    for (const [student, answers] of Object.entries(students))
      await course.submit(student, (cell, released) => {
        const id = cell.replace("-answer", "");
        return cell.endsWith("-answer") && answers[id] ? answered(released, id, answers[id]) : released;
      });
    for (const command of ["collect", "autograde", "generate_feedback"]) await course.nbgrader(command);
  });
  after(() => course?.dispose());

  const sourcesOf = (path: string): string[] => course.read(path).cells.map(({ source }) => source);
  const points = (student: string): Record<string, number | null> =>
    Object.fromEntries(course.grades(student).map(({ cell, auto }) => [cell, auto]));
  const outputsOf = (student: string, cell: string) => {
    const { cells: all } = course.read(`autograded/${student}/homework/asked.ipynb`);
    return all.find(({ metadata }) => metadata.nbgrader?.grade_id === cell)?.outputs ?? [];
  };
  const wordsOf = (student: string, cell: string): string =>
    outputsOf(student, cell)
      .map(({ data }) => [data?.["text/plain"] ?? ""].flat().join(""))
      .join("\n");

  it("is released without the answer, as code that runs", () => {
    const [, first, , second] = sourcesOf("release/homework/asked.ipynb");
    expect(first).to.equal(ask(STUB));
    expect(second).to.equal(quiz(STUB));
  });

  it("keeps what each student has picked", () => {
    for (const [student, answers] of Object.entries(students)) {
      const [, first, , second] = sourcesOf(`autograded/${student}/homework/asked.ipynb`);
      expect(first, student).to.equal(ask(answers.q1 ?? STUB));
      expect(second, student).to.equal(quiz(answers.q2 ?? STUB));
    }
  });

  it("is graded by the answers", () => {
    expect(points("right")).to.deep.equal({ q1: 2, q2: 2 });
    expect(points("wrong")).to.deep.equal({ q1: 0, q2: 0 });
    expect(points("idle")).to.deep.equal({ q1: 0, q2: 0 });
    expect(points("lost")).to.deep.equal({ q1: 0, q2: 0 });
  });

  it("says below the cell what was answered, and what does not exist", () => {
    expect(wordsOf("right", "q1-answer")).to.contain("Answer to q1: conv1, unit 2");
    expect(wordsOf("wrong", "q2-answer")).to.contain("Answer to q2: 450 weights");
    expect(wordsOf("idle", "q1-answer")).to.contain(
      "q1 has no answer yet (No answer given). Click a unit below, or write answer: { layer, unit }.",
    );
    expect(JSON.stringify(outputsOf("lost", "q1-answer"))).to.contain('the view has no layer \\"conv9\\"');
  });

  it("shows the picked place in the feedback", () => {
    expect(pinkTile(course.text("feedback/right/homework/asked.html"))).to.equal(2);
    expect(pinkTile(course.text("feedback/wrong/homework/asked.html"))).to.equal(1);
    expect(pinkTile(course.text("feedback/idle/homework/asked.html"))).to.equal(undefined);
    const pictures = svgsIn(course.text("feedback/right/homework/asked.html")).join("\n");
    expect(pictures).to.contain("Answer to q1: conv1, unit 2").and.to.contain("Answer to q2: 456 weights");
  });
});

/** Which of the four tiles of the first picture of maps has a frame of the colour of what is picked. */
function pinkTile(html: string): number | undefined {
  const svg = svgsIn(html).find((each) => each.includes("data:image/png;base64,"));
  const [, file] = [...(svg ?? "").matchAll(/data:image\/png;base64,([\w+/=]+)/g)].map(([, data]) =>
    decodePng(Buffer.from(data, "base64")),
  );
  if (!file) throw new Error("the feedback has no picture of the maps");
  let [left, right] = [Infinity, -Infinity];
  for (let y = 0; y < file.height; y++)
    for (let x = 0; x < file.width; x++)
      if (file.at(x, y).slice(0, 3).join() === "171,71,188") [left, right] = [Math.min(left, x), Math.max(right, x)];
  if (right < 0) return undefined;
  // Four tiles in a row, in as many pixels as the row has.
  const tile = right - left + 1;
  return Math.round((left + tile / 2) / (tile + 4) - 0.5);
}

/** SVGs of a page, whether they stand in it or in addresses of images. */
const svgsIn = (html: string): string[] => [
  ...(html.match(/<svg[\s\S]*?<\/svg>\s*(?=<|$)/g) ?? []),
  ...[...html.matchAll(/data:image\/svg\+xml;base64,([\w+/=]+)/g)].map(([, data]) =>
    Buffer.from(data, "base64").toString("utf8"),
  ),
];
