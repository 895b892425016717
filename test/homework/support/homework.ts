/** The homework of `notebooks/homework/source`, as its tests read it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const HOMEWORK = join(__dirname, "../../../../notebooks/homework");

interface NbgraderSettings {
  grade_id: string;
  grade: boolean;
  solution: boolean;
  locked: boolean;
  points?: number;
}

export interface HomeworkCell {
  id: string;
  cell_type: string;
  source: string;
  metadata: { nbgrader?: NbgraderSettings; tags?: string[] };
}

/** NN-name of each, in order. */
export const homeworkNames = (): string[] =>
  existsSync(join(HOMEWORK, "source"))
    ? readdirSync(join(HOMEWORK, "source"))
        .filter((name) => /^\d\d-/.test(name))
        .sort()
    : [];

export const notebookPath = (version: "source" | "release", name: string): string =>
  join(HOMEWORK, version, name, `${name}.ipynb`);

export function cellsOf(version: "source" | "release", name: string): HomeworkCell[] {
  const path = notebookPath(version, name);
  if (!existsSync(path))
    throw new Error(`homework: ${path} is missing. Run npm run homework -- ${name.slice(0, 2)} --release.`);
  const { cells } = JSON.parse(readFileSync(path, "utf8")) as {
    cells: (HomeworkCell & { source: string | string[] })[];
  };
  return cells.map((cell) => ({ ...cell, source: [cell.source].flat().join("") }));
}

/** A cell that earns its points by running: not one that a person grades. */
export const isTest = ({ cell_type: type, metadata: { nbgrader } }: HomeworkCell): boolean =>
  type === "code" && nbgrader?.grade === true && !nbgrader.solution;

/** What students see of a test cell. */
export const withoutHiddenTests = (source: string): string =>
  source.replace(/^.*BEGIN HIDDEN TESTS[^]*?END HIDDEN TESTS.*\n?/gm, "");
