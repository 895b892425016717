/**
 * One homework in two languages. Each exercise is a cell for the answer and a cell that grades it; `attempt` is what the
 * careless student makes of the answer. nbgrader must give both notebooks the same points, cell by cell.
 */
export const LANGUAGES = ["typescript", "python"] as const;
export type Language = (typeof LANGUAGES)[number];

interface Cells {
  /** The instructor's answer, with nbgrader's marks. */
  solution: string;
  /** What the careless student writes instead; null: the cell is left as it was released. */
  attempt: string | null;
  /** The cell that grades; null: a person grades the answer. */
  test: string | null;
}
export interface Exercise {
  id: string;
  points: number;
  /** What the careless student earns; null: a person must look at it. */
  careless: number | null;
  typescript: Cells;
  python: Cells;
}

/** A TypeScript function with the instructor's body between the marks. */
const ts = (head: string, body: string): string => `${head} {\n  // BEGIN SOLUTION\n  ${body}\n  // END SOLUTION\n}`;
const py = (head: string, body: string): string => `${head}:\n    # BEGIN SOLUTION\n    ${body}\n    # END SOLUTION`;

const tsCheck = (condition: string): string => `if (!(${condition})) throw new Error("wrong: ${condition}");`;
const pyCheck = (condition: string): string => `assert ${condition}`;

export const exercises: Exercise[] = [
  {
    id: "passing",
    points: 2,
    careless: 2,
    typescript: {
      solution: ts("function double(x: number): number", "return 2 * x;"),
      attempt: "function double(x: number): number {\n  return x + x;\n}",
      test: `${tsCheck("double(3) === 6")}\n// BEGIN HIDDEN TESTS\n${tsCheck("double(-1) === -2")}\n// END HIDDEN TESTS`,
    },
    python: {
      solution: py("def double(x)", "return 2 * x"),
      attempt: "def double(x):\n    return x + x",
      test: `${pyCheck("double(3) == 6")}\n# BEGIN HIDDEN TESTS\n${pyCheck("double(-1) == -2")}\n# END HIDDEN TESTS`,
    },
  },
  {
    id: "failing",
    points: 3,
    careless: 0,
    typescript: {
      solution: ts("function half(x: number): number", "return x / 2;"),
      attempt: "function half(x: number): number {\n  return x / 3;\n}",
      test: tsCheck("half(4) === 2"),
    },
    python: {
      solution: py("def half(x)", "return x / 2"),
      attempt: "def half(x):\n    return x / 3",
      test: pyCheck("half(4) == 2"),
    },
  },
  {
    // Visible tests pass; the hidden ones, which the student never sees, do not.
    id: "failing-hidden",
    points: 3,
    careless: 0,
    typescript: {
      solution: ts("function square(x: number): number", "return x * x;"),
      attempt: "function square(x: number): number {\n  return 2 * x;\n}",
      test: `${tsCheck("square(2) === 4")}\n// BEGIN HIDDEN TESTS\n${tsCheck("square(3) === 9")}\n// END HIDDEN TESTS`,
    },
    python: {
      solution: py("def square(x)", "return x * x"),
      attempt: "def square(x):\n    return 2 * x",
      test: `${pyCheck("square(2) == 4")}\n# BEGIN HIDDEN TESTS\n${pyCheck("square(3) == 9")}\n# END HIDDEN TESTS`,
    },
  },
  {
    id: "partial",
    points: 3,
    careless: 1.5,
    typescript: {
      solution: ts("function primes(): number[]", "return [2, 3, 5, 7];"),
      attempt: "function primes(): number[] {\n  return [2, 3, 4, 6];\n}",
      test: "let credit = 0;\nfor (const [i, p] of [2, 3, 5, 7].entries()) if (primes()[i] === p) credit += 0.75;\ncredit",
    },
    python: {
      solution: py("def primes()", "return [2, 3, 5, 7]"),
      attempt: "def primes():\n    return [2, 3, 4, 6]",
      test: "credit = 0\nfor i, p in enumerate([2, 3, 5, 7]):\n    if primes()[i] == p:\n        credit += 0.75\ncredit",
    },
  },
  {
    // A string is no partial credit, even if it looks like a number: nbgrader gives all points.
    id: "partial-string",
    points: 2,
    careless: 2,
    typescript: {
      solution: ts("function name(): string", 'return "1";'),
      attempt: 'function name(): string {\n  return "0.5";\n}',
      test: "name()",
    },
    python: {
      solution: py("def name()", 'return "1"'),
      attempt: 'def name():\n    return "0.5"',
      test: "name()",
    },
  },
  {
    id: "warning-stderr",
    points: 2,
    careless: 0,
    typescript: {
      solution: ts("function quiet(): number", "return 1;"),
      attempt: 'function quiet(): number {\n  console.warn("this is slow");\n  return 1;\n}',
      test: tsCheck("quiet() === 1"),
    },
    python: {
      solution: py("def quiet()", "return 1"),
      attempt: 'def quiet():\n    import warnings\n    warnings.warn("this is slow")\n    return 1',
      test: pyCheck("quiet() == 1"),
    },
  },
  {
    id: "warning-stdout",
    points: 2,
    careless: 2,
    typescript: {
      solution: ts("function loud(): number", "return 1;"),
      attempt: 'function loud(): number {\n  console.log("warning: this is slow");\n  return 1;\n}',
      test: tsCheck("loud() === 1"),
    },
    python: {
      solution: py("def loud()", "return 1"),
      attempt: 'def loud():\n    print("warning: this is slow")\n    return 1',
      test: pyCheck("loud() == 1"),
    },
  },
  {
    id: "endless-loop",
    points: 4,
    careless: 0,
    typescript: {
      solution: ts("function spin(): number", "return 1;"),
      attempt: "function spin(): number {\n  let turns = 0;\n  while (true) turns++;\n}",
      test: tsCheck("spin() === 1"),
    },
    python: {
      solution: py("def spin()", "return 1"),
      attempt: "def spin():\n    turns = 0\n    while True:\n        turns += 1",
      test: pyCheck("spin() == 1"),
    },
  },
  {
    id: "endless-await",
    points: 4,
    careless: 0,
    typescript: {
      solution: ts("async function wait(): Promise<number>", "return 1;"),
      attempt:
        "async function wait(): Promise<number> {\n  while (true) await new Promise((done) => setTimeout(done, 5));\n}",
      test: tsCheck("(await wait()) === 1"),
    },
    python: {
      solution: `import asyncio\n${py("async def wait()", "return 1")}`,
      attempt: "import asyncio\nasync def wait():\n    while True:\n        await asyncio.sleep(0.005)",
      test: pyCheck("(await wait()) == 1"),
    },
  },
  {
    // The grader's own mistake: nobody awaits the check. Its error comes a moment later, on stderr.
    id: "not-awaited",
    points: 3,
    careless: 0,
    typescript: {
      solution: ts("async function accuracy(): Promise<number>", "return 1;"),
      attempt: "async function accuracy(): Promise<number> {\n  return 0.1;\n}",
      test: `async function check(): Promise<void> {\n  ${tsCheck("(await accuracy()) > 0.5")}\n}\ncheck();`,
    },
    python: {
      solution: py("async def accuracy()", "return 1"),
      attempt: "async def accuracy():\n    return 0.1",
      test: 'import sys\ntry:\n    assert (await accuracy()) > 0.5\nexcept AssertionError:\n    print("too low", file=sys.stderr)\n"checked"',
    },
  },
  {
    id: "syntax-error",
    points: 2,
    careless: 0,
    typescript: {
      solution: ts("function area(r: number): number", "return 3 * r * r;"),
      attempt: "function area(r: number): number {\n  return 3 * r * * r;\n}",
      test: tsCheck("area(2) === 12"),
    },
    python: {
      solution: py("def area(r)", "return 3 * r * r"),
      attempt: "def area(r):\n    return 3 * r * * r",
      test: pyCheck("area(2) == 12"),
    },
  },
  {
    id: "type-error",
    points: 2,
    careless: 0,
    typescript: {
      solution: "// BEGIN SOLUTION\nconst total: number = 1 + 2;\n// END SOLUTION",
      attempt: 'const total: number = 1 + "2";',
      test: tsCheck("total === 3"),
    },
    python: {
      solution: "# BEGIN SOLUTION\ntotal = 1 + 2\n# END SOLUTION",
      attempt: 'total = 1 + "2"',
      test: pyCheck("total == 3"),
    },
  },
  {
    id: "untouched",
    points: 2,
    careless: 0,
    typescript: {
      solution: ts("function answer(): number", "return 42;"),
      attempt: null,
      test: tsCheck("answer() === 42"),
    },
    python: { solution: py("def answer()", "return 42"), attempt: null, test: pyCheck("answer() == 42") },
  },
  {
    id: "by-hand",
    points: 5,
    careless: null,
    typescript: {
      solution: '// BEGIN SOLUTION\nconst essay = "because";\n// END SOLUTION',
      attempt: 'const essay = "I do not know";',
      test: null,
    },
    python: {
      solution: '# BEGIN SOLUTION\nessay = "because"\n# END SOLUTION',
      attempt: 'essay = "I do not know"',
      test: null,
    },
  },
  {
    // After two loops were stopped and two cells refused, the kernel still knows what the first exercise declared.
    id: "still-alive",
    points: 1,
    careless: 1,
    typescript: {
      solution: ts("function four(): number", "return double(2);"),
      attempt: "function four(): number {\n  return double(2);\n}",
      test: tsCheck("four() === 4"),
    },
    python: {
      solution: py("def four()", "return double(2)"),
      attempt: "def four():\n    return double(2)",
      test: pyCheck("four() == 4"),
    },
  },
];
