/** A class is graded: each submission alone, on Dask workers one of which dies, with points that are as expected. */
import { expect } from "chai";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { needsClassroom } from "./support/classroom";
import { codeCell, notebookOf } from "./support/course";
import { Cluster, GradedCourse, NAME, noIsolation, workersOf, type Released } from "./support/gradedCourse";

const answerCell = (id: string, source: string): object =>
  codeCell(id, source, { grade: false, solution: true, locked: false });
const testCell = (id: string, source: string, points: number): object =>
  codeCell(id, source, { grade: true, solution: false, locked: true, points });
const body = (text: string): string => `function twice(x: Tensor): Tensor {
  // BEGIN SOLUTION
  ${text}
  // END SOLUTION
}`;
const half = (text: string): string => `function half(x: number): number {
  // BEGIN SOLUTION
  ${text}
  // END SOLUTION
}`;

const source = notebookOf("typescript", [
  codeCell("setup", `import { check, expect, randn, Tensor } from "receptive";`, {
    ...{ grade: false, solution: false, locked: true },
  }),
  answerCell("q1-answer", body("return x.mul(2);")),
  testCell(
    "q1",
    `await check("q1", { points: 3 }, async ({ given }) => {
  const { x } = given({ x: randn([2, 3]) });
  await expect(twice(x)).to.be.closeToTensor(x.add(x));
  // BEGIN HIDDEN TESTS
  await expect(twice(randn([1, 4]))).to.haveShape([1, 4]);
  // END HIDDEN TESTS
});`,
    3,
  ),
  answerCell("q2-answer", half("return x / 2;")),
  testCell("q2", `await check("q2", { points: 2 }, () => expect(half(3)).to.equal(1.5));`, 2),
]);

type Change = (notebook: Released) => void;
const answers =
  (q1: string | null, q2: string | null): Change =>
  ({ cells }) => {
    for (const cell of cells) {
      const id = cell.metadata.nbgrader?.grade_id;
      if (id === "q1-answer" && q1 !== null) cell.source = q1;
      if (id === "q2-answer" && q2 !== null) cell.source = q2;
    }
  };
const right = { q1: body("return x.mul(2);"), q2: half("return x / 2;") };

interface Student {
  change: Change;
  points: { q1: number; q2: number };
  /** What the reason or an output of the executed notebook says. */
  says?: RegExp;
}

const students: Record<string, Student> = {
  perfect: { change: answers(right.q1, right.q2), points: { q1: 3, q2: 2 } },
  empty: { change: () => {}, points: { q1: 0, q2: 0 }, says: /No answer given/ },
  half: { change: answers(right.q1, null), points: { q1: 3, q2: 0 } },
  wrong: { change: answers(body("return x.mul(x);"), half("return x / 3;")), points: { q1: 0, q2: 0 } },
  loops: { change: answers("while (true) {}", right.q2), points: { q1: 0, q2: 2 }, says: /longer than 12 s/ },
  awaits: {
    change: answers(right.q1, "await new Promise(() => {});"),
    points: { q1: 3, q2: 0 },
    says: /longer than 12 s/,
  },
  memory: {
    change: answers(right.q1, "const all: Float64Array[] = [];\nwhile (true) all.push(new Float64Array(1e6).fill(1));"),
    ...{ points: { q1: 3, q2: 0 }, says: /MB of memory; 1200 MB are allowed/ },
  },
  syntax: { change: answers("function twice(x { return", right.q2), points: { q1: 0, q2: 2 } },
  types: {
    change: answers(`function twice(x: Tensor): Tensor { return "x"; }`, right.q2),
    points: { q1: 0, q2: 2 },
    says: /not assignable/,
  },
  "tests-changed": {
    change: ({ cells }) => {
      for (const cell of cells)
        if (["q1", "q2"].includes(cell.metadata.nbgrader?.grade_id ?? "")) cell.source = "1 + 1";
    },
    points: { q1: 0, q2: 0 },
  },
  "tests-skipped": {
    change: ({ cells }) => cells.forEach((cell) => (cell.metadata.tags = ["skip-execution"])),
    points: { q1: 0, q2: 0 },
  },
  "cells-twice": {
    change: (notebook) => {
      answers(right.q1, null)(notebook);
      notebook.cells = [
        ...notebook.cells,
        ...notebook.cells.map((cell) => ({ ...cell, id: `${cell.id}-again`, source: "7" })),
      ];
      notebook.cells.reverse();
    },
    points: { q1: 0, q2: 0 },
    says: /second cell of this name/,
  },
};

describe("receptive homework grade", function () {
  this.timeout(400_000);
  let course: GradedCourse;
  let found: ReturnType<GradedCourse["points"]>;
  let first: { code: number | null; said: string };
  const grade = ["grade", NAME, "--workers", "2", "--cell-seconds", "12", "--memory", "1200"];

  before(async function () {
    needsClassroom(this);
    const skipReason = noIsolation();
    if (skipReason) {
      Object.assign(this.currentTest ?? this.test ?? {}, { skipReason });
      this.skip();
    }
    course = new GradedCourse(source);
    const assigned = await course.run("assign", NAME);
    expect(assigned, assigned.said).to.include({ code: 0 });
    for (const [student, { change }] of Object.entries(students)) course.submit(student, change);
    const { child, ended } = course.start(...grade);
    // One worker dies in the middle of a submission.
    while (workersOf(child.pid!).length < 2 && child.exitCode === null) await pause(100);
    await pause(8000);
    const [victim] = workersOf(child.pid!);
    process.kill(victim, "SIGKILL");
    first = await ended;
    found = course.points(...Object.keys(students));
    console.log(first.said.replace(/^/gm, "      "));
  });
  after(() => course?.dispose());

  for (const [student, { points, says }] of Object.entries(students))
    it(`gives ${student} ${points.q1 + points.q2} of 5 points`, () => {
      expect(found[student], first.said).to.deep.equal(points);
      const stamp = JSON.stringify(course.read(`autograded/${student}/${NAME}/.receptive.json`));
      if (says) expect(JSON.stringify(course.executed(student)) + stamp).to.match(says);
    });

  it("says how it went, and records each submission once", () => {
    expect(first.code).to.equal(2);
    expect(first.said)
      .to.contain("[12/12]")
      .and.to.match(/12 graded, 1 not run to their end/);
    expect(course.query("select count(*) from submitted_assignment")).to.equal("12");
    expect(course.query("pragma integrity_check")).to.equal("ok");
  });

  const all = { q1: 3, q2: 2 };

  it("runs only what is missing when it is started again, on the workers of a running scheduler", async () => {
    course.submit("empty", answers(right.q1, right.q2), { "timestamp.txt": "2026-01-02 03:04:05 UTC" });
    const cluster = new Cluster();
    try {
      const { said, code } = await course.run("grade", NAME, "--scheduler", await cluster.start());
      expect(code, said).to.equal(0);
      expect(said).to.contain("1 graded, 11 graded before");
    } finally {
      cluster.stop();
    }
    expect(course.points("empty", "perfect")).to.deep.equal({ empty: all, perfect: all });
    expect(course.query("select timestamp from submitted_assignment where timestamp is not null")).to.match(
      /^2026-01-02 03:04:05/,
    );
  });

  it("runs submissions that one trusts without a sandbox, and says so", async () => {
    course.submit("half", answers(right.q1, right.q2));
    const { said, code } = await course.run(...grade, "--no-isolation");
    expect(code, said).to.equal(0);
    expect(said).to.contain("Not isolated: submissions run with the rights of this user");
    expect(course.points("half")).to.deep.equal({ half: all });
    const stampOf = (student: string): object => course.read(`autograded/${student}/${NAME}/.receptive.json`);
    expect(stampOf("half")).to.include({ isolated: false });
    expect(stampOf("perfect")).to.include({ isolated: true });
  });

  it("says what is missing before anything runs", async () => {
    expect((await course.run("grade", "07-other")).said).to.contain(
      `There is no assignment 07-other in ${course.root}. Assignments: ${NAME}.`,
    );
    expect(existsSync(join(course.root, "autograded", "perfect", NAME, `${NAME}.ipynb`))).to.equal(true);
  });
});
