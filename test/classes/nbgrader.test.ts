/** Grading as nbgrader does it: one homework, written in TypeScript and in Python, earns the same points cell by cell. */
import { expect } from "chai";
import { BIN, needsClassroom } from "./support/classroom";
import { Course, type Grade } from "./support/course";
import { exercises, LANGUAGES, type Language } from "./support/twins";

const byId = new Map(exercises.map((exercise) => [exercise.id, exercise]));
const exerciseOf = (cell: string) => byId.get(cell.replace(/-answer$/, ""));
const isAnswer = (id: string): boolean => id.endsWith("-answer") || exerciseOf(id)?.python.test === null;

const students = {
  careless: (id: string, released: string, language: Language): string =>
    (isAnswer(id) && exerciseOf(id)?.[language].attempt) || released,
  perfect: (id: string, released: string, language: Language): string =>
    (isAnswer(id) && exerciseOf(id)?.[language].solution) || released,
  cheat: (id: string, released: string): string => (isAnswer(id) ? released : "1 + 1"),
};

describe("nbgrader", function () {
  this.timeout(240_000);
  let course: Course;
  const grades = new Map<string, Grade[]>();

  before(async function () {
    needsClassroom(this);
    course = new Course(BIN);
    await course.nbgrader("generate_assignment");
    await course.nbgrader("release_assignment");
    for (const [student, change] of Object.entries(students)) await course.submit(student, change);
    await course.nbgrader("collect");
    await course.nbgrader("autograde");
    await course.nbgrader("generate_feedback");
    await course.nbgrader("release_feedback");
    await course.nbgrader("fetch_feedback", "careless");
    for (const student of Object.keys(students)) grades.set(student, course.grades(student));
  });
  after(() => course?.dispose());

  /** Cell -> points of one notebook. */
  function pointsOf(student: string, language: Language): Record<string, number | null> {
    const own = (grades.get(student) ?? []).filter(({ notebook }) => notebook === language);
    return Object.fromEntries(own.map(({ cell, auto, needsPerson }) => [cell, needsPerson ? null : auto]));
  }
  const expected = (points: (exercise: (typeof exercises)[number]) => number | null) =>
    Object.fromEntries(exercises.map((exercise) => [exercise.id, points(exercise)]));

  it("releases the notebook without solutions and hidden tests", () => {
    for (const language of LANGUAGES) {
      const { cells } = course.read(`release/homework/${language}.ipynb`);
      const text = cells.map(({ source }) => source).join("\n");
      expect(text).not.to.match(/SOLUTION|HIDDEN|2 \* x|square\(3\)/);
    }
    const [first] = course.read("release/homework/typescript.ipynb").cells;
    expect(first?.source).to.equal(
      'function double(x: number): number {\n  // YOUR CODE HERE\n  throw new Error("No answer given.");\n}',
    );
  });

  for (const language of LANGUAGES) {
    it(`grades each cell of a careless student's ${language}`, () => {
      expect(pointsOf("careless", language)).to.deep.equal(expected(({ careless }) => careless));
    });
    it(`gives all points to right answers in ${language}`, () => {
      expect(pointsOf("perfect", language)).to.deep.equal(
        expected(({ id, points }) => (id === "by-hand" ? null : id === "partial-string" ? 2 : points)),
      );
    });
    it(`restores the tests that a student of ${language} has changed`, () => {
      expect(pointsOf("cheat", language)).to.deep.equal(expected(() => 0));
    });
  }

  it("shows the same kinds of output below each cell of the twins", () => {
    const kinds = (language: Language) =>
      course.read(`autograded/careless/homework/${language}.ipynb`).cells.map(({ metadata, outputs }) => ({
        cell: metadata.nbgrader?.grade_id,
        outputs: outputs.map(({ output_type, name }) => name ?? output_type),
      }));
    expect(kinds("typescript")).to.deep.equal(kinds("python"));
    // The kernel's own error, and nbgrader's word on the time-out.
    const stopped = kinds("typescript").filter(
      ({ outputs }) => outputs.length === 2 && outputs.every((kind) => kind === "error"),
    );
    expect(stopped).to.deep.equal([
      { cell: "endless-loop", outputs: ["error", "error"] },
      { cell: "endless-await", outputs: ["error", "error"] },
    ]);
  });

  it("writes the same points into the feedback of the twins, and the errors for the student to read", () => {
    const [typescript, python] = LANGUAGES.map((language) => {
      const html = course.text(`feedback/careless/homework/${language}.html`);
      return { html, scores: html.match(/Score: *[\d.]+ *\/ *[\d.]+/g) };
    });
    expect(typescript?.scores).to.have.length.greaterThan(exercises.length);
    expect(typescript?.scores).to.deep.equal(python?.scores);
    expect(typescript?.html).to.match(/wrong: half\(4\) === 2/);
    expect(typescript?.html).to.match(/The cell was stopped/);
    expect(course.fetchedFeedback("careless")).to.include.members(["python.html", "typescript.html"]);
  });
});
