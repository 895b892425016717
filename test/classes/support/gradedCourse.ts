/** A course with one homework and what was handed in, as `receptive homework grade` finds it on disk. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BIN } from "./classroom";
import { configuration, readGrades } from "./course";

export const NAME = "01-grading";

export class GradedCourse {
  readonly root = mkdtempSync(join(tmpdir(), "receptive-grading-"));

  /** @param source the teacher's notebook */
  constructor(source: object) {
    writeFileSync(join(this.root, "nbgrader_config.py"), configuration(this.root));
    this.write(`source/${NAME}/${NAME}.ipynb`, source);
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private write(path: string, notebook: object): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), JSON.stringify(notebook));
  }

  read<T>(path: string): T {
    return JSON.parse(readFileSync(join(this.root, path), "utf8")) as T;
  }

  /** Hands in the student version as `change` leaves it, with files beside it. */
  submit(student: string, change: (notebook: Released) => void, files: Record<string, string> = {}): void {
    const notebook = this.read<Released>(`release/${NAME}/${NAME}.ipynb`);
    for (const cell of notebook.cells) cell.source = [cell.source].flat().join("");
    change(notebook);
    this.write(`submitted/${student}/${NAME}/${NAME}.ipynb`, notebook);
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.root, "submitted", student, NAME, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  /** `receptive homework <command>`, while it runs. */
  start(...args: string[]): { child: ChildProcess; ended: Promise<{ code: number | null; said: string }> } {
    const child = spawn(join(BIN, "receptive"), ["homework", "--course", this.root, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (said += String(data)));
    const ended = new Promise<{ code: number | null; said: string }>((settle, reject) =>
      child.on("error", reject).on("close", (code) => settle({ code, said })),
    );
    return { child, ended };
  }

  run(...args: string[]): Promise<{ code: number | null; said: string }> {
    return this.start(...args).ended;
  }

  /** The points of each test cell, by student. */
  points(...students: string[]): Record<string, Record<string, number | null>> {
    const grades = readGrades(join(BIN, "python"), this.root, NAME, students);
    return Object.fromEntries(
      Object.entries(grades).map(([student, own]) => [
        student,
        Object.fromEntries(own.map(({ cell, auto }) => [cell, auto])),
      ]),
    );
  }

  /** The first column of the first row that a question to the gradebook gives. */
  query(sql: string): string {
    const program = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])";
    const args = ["-c", program, join(this.root, "gradebook.db"), sql];
    return execFileSync(join(BIN, "python"), args, { encoding: "utf8" }).trim();
  }

  /** The executed notebook of a student. */
  executed(student: string): Released {
    return this.read(`autograded/${student}/${NAME}/${NAME}.ipynb`);
  }
}

export interface Released {
  cells: {
    id?: string;
    cell_type: string;
    source: string;
    metadata: { nbgrader?: { grade_id: string }; tags?: string[] };
    outputs?: { output_type: string; ename?: string; evalue?: string }[];
  }[];
}

/** A scheduler of Dask and a worker, as several machines would have them. */
export class Cluster {
  private readonly children: ChildProcess[] = [];

  /** @returns the scheduler's address */
  async start(): Promise<string> {
    const scheduler = this.spawn("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard");
    const address = await said(scheduler, /Scheduler at: +(tcp:\S+)/);
    const worker = this.spawn("worker", address, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1");
    await said(worker, /(Registered to)/);
    return address;
  }

  stop(): void {
    for (const child of this.children.reverse()) child.kill();
  }

  private spawn(...args: string[]): ChildProcess {
    const child = spawn(join(BIN, "dask"), args, { stdio: ["ignore", "pipe", "pipe"] });
    this.children.push(child);
    return child;
  }
}

/** What a program has written once it matches. */
function said(child: ChildProcess, pattern: RegExp): Promise<string> {
  let text = "";
  return new Promise((settle, reject) => {
    const take = (data: unknown): void => {
      text += String(data);
      const [, found] = pattern.exec(text) ?? [];
      if (found) settle(found);
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    child.on("close", () => reject(new Error(`dask ended: ${text}`)));
  });
}

/** Dask's workers below a process. */
export function workersOf(ancestor: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((each) => /^\d+$/.test(each))) {
    const stat = textOf(`/proc/${name}/stat`);
    if (stat) parents.set(Number(name), Number(stat.split(/\) /)[1]?.split(" ")[1]));
  }
  const isBelow = (pid: number | undefined): boolean =>
    pid !== undefined && (parents.get(pid) === ancestor || isBelow(parents.get(pid)));
  return [...parents.keys()].filter((pid) => isBelow(pid) && textOf(`/proc/${pid}/cmdline`).includes("spawn_main"));
}

/** Empty once the process has ended. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Why submissions cannot be kept apart on this machine; empty if they can. */
export const noIsolation = (): string => {
  const program = "from receptive_grading.sandbox import check_isolation; check_isolation()";
  const { status, stderr } = spawnSync(join(BIN, "python"), ["-c", program], { encoding: "utf8" });
  return status === 0 ? "" : (stderr.trim().split("\n").at(-1) ?? "no reason given");
};
