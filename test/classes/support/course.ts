/** A course of nbgrader in a folder: a homework, by default that of twins.ts as two notebooks, and nbgrader's commands. */
import { execFileSync, spawn, type ChildProcessByStdio } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { exercises, type Exercise, type Language } from "./twins";

/** Seconds a cell may take; twice per language a cell takes all of them. */
const TIMEOUT = 6;
const ASSIGNMENT = "homework";
/** Programs in Python stay where they are when this file is compiled. */
const SUPPORT = join(__dirname, "../../../../test/classes/support");

interface Cell {
  cell_type: string;
  source: string;
  metadata: { nbgrader?: { grade_id: string } };
  outputs: { output_type: string; name?: string; ename?: string; data?: Record<string, unknown> }[];
}
export interface Notebook {
  cells: Cell[];
}

const kernels: Record<Language, { name: string; display_name: string; language: string }> = {
  typescript: { name: "receptive", display_name: "TypeScript (Receptive)", language: "typescript" },
  python: { name: "python3", display_name: "Python 3", language: "python" },
};

/** What README tells a lecturer to write, and the folders of this course. */
export const configuration = (root: string): string => `c = get_config()
c.CourseDirectory.root = ${JSON.stringify(root)}
c.CourseDirectory.course_id = "cnn"
c.Exchange.root = ${JSON.stringify(join(root, "exchange"))}
c.Exchange.cache = ${JSON.stringify(join(root, "cache"))}
c.ExecutePreprocessor.timeout = ${TIMEOUT}
c.ClearSolutions.code_stub = {
    "typescript": '// YOUR CODE HERE\\nthrow new Error("No answer given.");',
    "python": "# YOUR CODE HERE\\nraise NotImplementedError()",
}
`;

/** A cell that nbgrader knows: of a solution, or one that grades. */
export function codeCell(id: string, source: string, settings: object): object {
  const nbgrader = { grade_id: id, schema_version: 3, task: false, ...settings };
  return {
    cell_type: "code",
    id,
    source,
    metadata: { nbgrader },
    outputs: [],
    execution_count: null,
  };
}

function cellsOf(exercise: Exercise, language: Language): object[] {
  const { id, points } = exercise;
  const { solution, test } = exercise[language];
  if (test === null) return [codeCell(id, solution, { grade: true, solution: true, locked: false, points })];
  return [
    codeCell(`${id}-answer`, solution, { grade: false, solution: true, locked: false }),
    codeCell(id, test, { grade: true, solution: false, locked: true, points }),
  ];
}

/** A notebook of a language, as a lecturer has it. */
export function notebookOf(language: Language, cells: readonly object[]): object {
  const kernelspec = kernels[language];
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec, language_info: { name: kernelspec.language } },
    cells,
  };
}

const twins = (): Record<Language, object> => {
  const notebook = (language: Language): object =>
    notebookOf(
      language,
      exercises.flatMap((exercise) => cellsOf(exercise, language)),
    );
  return { typescript: notebook("typescript"), python: notebook("python") };
};

export interface Grade<Name extends string = Language> {
  notebook: Name;
  cell: string;
  auto: number | null;
  max: number;
  needsPerson: boolean;
}

export class Course<Name extends string = Language> {
  readonly root = mkdtempSync(join(tmpdir(), "receptive-course-"));
  /** What nbgrader logged, and what its process wrote. */
  log = "";
  private stderr = "";
  private readonly python: string;
  private readonly server: ChildProcessByStdio<Writable, Readable, Readable>;
  private readonly answers: AsyncIterator<string, undefined>;

  private readonly names: readonly Name[];

  /**
   * @param bin       the folder of the Python that has nbgrader
   * @param notebooks of the homework, by name; default the twins
   */
  constructor(bin: string, notebooks = twins() as Record<Name, object>) {
    this.names = Object.keys(notebooks) as Name[];
    writeFileSync(join(this.root, "nbgrader_config.py"), configuration(this.root));
    mkdirSync(join(this.root, "exchange"));
    for (const name of this.names) this.write(`source/${ASSIGNMENT}/${name}.ipynb`, notebooks[name]);

    this.python = join(bin, "python");
    this.server = spawn(this.python, [join(SUPPORT, "nbgraderServer.py")], {
      // nbgrader_config.py is found in Jupyter's folder of settings; the settings of whoever runs the tests are not.
      env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, JUPYTER_CONFIG_DIR: this.root },
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.server.stderr.on("data", (data) => (this.stderr += String(data)));
    this.answers = createInterface(this.server.stdout)[Symbol.asyncIterator]();
  }

  dispose(): void {
    this.server.kill();
    rmSync(this.root, { recursive: true, force: true });
  }

  private write(path: string, notebook: object): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), JSON.stringify(notebook));
  }

  read(path: string): Notebook {
    const notebook = JSON.parse(this.text(path)) as Notebook;
    // nbformat writes text as lists of lines.
    for (const cell of notebook.cells) cell.source = [cell.source].flat().join("");
    return notebook;
  }
  text(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  /** `nbgrader <command> homework ...` in the course's folder, or in that of a student. */
  async nbgrader(command: string, student?: string): Promise<void> {
    const folder = student === undefined ? this.root : join(this.root, "home", student);
    mkdirSync(folder, { recursive: true });
    // One account of this machine plays all students.
    const who = student === undefined ? [] : [`--student=${student}`];
    const request = { arguments: [command, ASSIGNMENT, ...who], folder };
    this.server.stdin.write(`${JSON.stringify(request)}\n`);
    const { value } = await this.answers.next();
    if (value === undefined) throw new Error(`nbgrader ${command} ended Python:\n${this.stderr}`);
    const { code, log } = JSON.parse(value) as { code: number; log: string };
    this.log += log;
    if (code !== 0) throw new Error(`nbgrader ${command} ended with ${code}:\n${log}`);
  }

  /** The student fetches the homework, changes its answers and submits it. */
  async submit(student: string, change: (id: string, released: string, notebook: Name) => string): Promise<void> {
    await this.nbgrader("fetch_assignment", student);
    for (const name of this.names) {
      const path = `home/${student}/${ASSIGNMENT}/${name}.ipynb`;
      const notebook = this.read(path);
      for (const cell of notebook.cells) {
        const id = cell.metadata.nbgrader?.grade_id ?? "";
        cell.source = change(id, cell.source, name);
      }
      this.write(path, notebook);
    }
    await this.nbgrader("submit", student);
  }

  /** Names of the files that the student got back. */
  fetchedFeedback(student: string): string[] {
    const files = readdirSync(join(this.root, "home", student, ASSIGNMENT, "feedback"), { recursive: true });
    return files.map((file) => basename(String(file)));
  }

  /** The gradebook's points of a student, cell by cell. */
  grades(student: string): Grade<Name>[] {
    return readGrades<Name>(this.python, this.root, ASSIGNMENT, [student])[student];
  }
}

/** Students' points in the gradebook of a course. */
export function readGrades<Name extends string>(
  python: string,
  root: string,
  assignment: string,
  students: readonly string[],
): Record<string, Grade<Name>[]> {
  const database = `sqlite:///${join(root, "gradebook.db")}`;
  const program = join(SUPPORT, "grades.py");
  const said = execFileSync(python, [program, database, assignment, ...students], { encoding: "utf8" });
  return JSON.parse(said) as Record<string, Grade<Name>[]>;
}
