/** Checks in the test cells of a homework: nbgrader gives the points that they say. */
import { expect } from "chai";
import { BIN, needsClassroom } from "./support/classroom";
import { codeCell, Course, notebookOf } from "./support/course";

/** Each test cell: the answer's value, and what nbgrader has to give for a right, a half right and a wrong one. */
const test = (id: string, source: string, points: number): object =>
  codeCell(id, source, { grade: true, solution: false, locked: true, points });

const parts = (call: string): string => `${call}check("partial", { points: 4, partial: true }, async ({ part }) => {
  await part("shape", { points: 1 }, () => expect(twice(ones([2, 2]))).to.haveShape([2, 2]));
  await part("numbers", { points: 3 }, () => expect(twice(ones([2, 2]))).to.be.closeToTensor(ones([2, 2]).add(1)));
})`;
const whole = (id: string, call: string, name = "twice"): string =>
  `${call}check("${id}", { points: 2 }, async ({ given }) => {
  const { x } = given({ x: randn([2, 3, 4]) });
  await expect(${name}(x)).to.be.closeToTensor(x.add(x));
});`;

const cells = [
  codeCell("setup", `import { check, expect, ones, randn, Tensor } from "receptive";`, {
    grade: false,
    solution: false,
    locked: true,
  }),
  codeCell("answer", solutionOf("x.mul(2)"), { grade: false, solution: true, locked: false }),
  test("whole", whole("whole", "await "), 2),
  test("partial", parts("await "), 4),
  test("forgotten", whole("forgotten", ""), 2),
  test("forgotten-right", `check("forgotten-right", { points: 2 }, () => expect(1).to.equal(1));`, 2),
  test("forgotten-partial", parts(""), 4),
  test(
    "forgotten-inside",
    `await check("inside", { points: 2 }, () => { expect(twice(ones([1]))).to.be.closeToTensor(7); });`,
    2,
  ),
  codeCell("summary", "check.summary()", { grade: false, solution: false, locked: true }),
];

function solutionOf(value: string): string {
  return `function twice(x: Tensor): Tensor {\n  // BEGIN SOLUTION\n  return ${value};\n  // END SOLUTION\n}`;
}

const answers: Record<string, string | null> = {
  right: "x.mul(2)",
  // The shape is right, the numbers are not.
  half: "x.mul(4)",
  wrong: "x.mul(2).flatten()",
  idle: null,
};

describe("checks in the test cells of a homework", function () {
  this.timeout(240_000);
  let course: Course<"checks">;

  before(async function () {
    needsClassroom(this);
    course = new Course(BIN, { checks: notebookOf("typescript", cells) });
    await course.nbgrader("generate_assignment");
    await course.nbgrader("release_assignment");
    for (const [student, value] of Object.entries(answers))
      await course.submit(student, (cell, released) =>
        cell === "answer" && value !== null ? solutionOf(value) : released,
      );
    for (const command of ["collect", "autograde", "generate_feedback"]) await course.nbgrader(command);
  });
  after(() => course?.dispose());

  const points = (student: string): Record<string, number | null> =>
    Object.fromEntries(course.grades(student).map(({ cell, auto }) => [cell, auto]));
  /** Nobody has waited for these: they fail, whatever the answer is. */
  const forgotten = { forgotten: 0, "forgotten-right": 0, "forgotten-partial": 0, "forgotten-inside": 0 };
  const outputsOf = (student: string, cell: string) =>
    course
      .read(`autograded/${student}/homework/checks.ipynb`)
      .cells.find(({ metadata }) => metadata.nbgrader?.grade_id === cell)?.outputs ?? [];

  it("earn the points that they say, and none without await", () => {
    expect(points("right")).to.deep.equal({ whole: 2, partial: 4, ...forgotten });
    expect(points("half")).to.deep.equal({ whole: 0, partial: 1, ...forgotten });
    expect(points("wrong")).to.deep.equal({ whole: 0, partial: 0, ...forgotten });
    expect(points("idle")).to.deep.equal({ whole: 0, partial: 0, ...forgotten });
  });

  it("write nothing to stderr, and a bare number as the value of partial credit", () => {
    for (const student of Object.keys(answers))
      for (const cell of ["whole", "partial", "forgotten", "forgotten-partial", "forgotten-inside"])
        expect(
          outputsOf(student, cell).map(({ name }) => name),
          `${student}, ${cell}`,
        ).to.not.include("stderr");
    const value = outputsOf("half", "partial").find(({ output_type }) => output_type === "execute_result");
    expect([value?.data?.["text/plain"]].flat().join("")).to.equal("1");
  });

  it("say in the feedback what is wrong and why", () => {
    const feedback = course.text("feedback/half/homework/checks.html");
    expect(feedback).to.contain("✗ whole: failed, 0 of 2 points");
    expect(feedback).to.contain("every number is 2 times what is expected");
    expect(feedback).to.contain("◐ partial: passed in part, 1 of 4 points");
    expect(feedback).to.contain("Write await before it.");
    expect(JSON.stringify(outputsOf("half", "summary"))).to.match(/◐ in part/);
  });
});
