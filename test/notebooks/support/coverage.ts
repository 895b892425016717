/** COVERAGE.md: each deck's topics, and the cells of the lectures that show them. */
import { isView, sourceOf, type Notebook } from "./notebook";

export interface CoverageRow {
  topic: string;
  cell: string;
}

/** The rows of each section `## NN`, by NN. */
export function coverageIn(markdown: string): Map<string, CoverageRow[]> {
  const sections = markdown.split(/^## /m).slice(1);
  return new Map(sections.map((section) => [section.slice(0, 2), rowsOf(section)]));
}

function rowsOf(section: string): CoverageRow[] {
  const lines = section.split("\n").filter((line) => line.startsWith("|"));
  // Head and rule come first; a topic may hold an escaped stroke.
  return lines.slice(2).map((line) => {
    const [topic, cell] = line.slice(1, line.lastIndexOf("|")).split(/(?<!\\)\|/);
    return { topic: topic.trim(), cell: (cell ?? "").trim().replace(/^`(.*)`$/, "$1") };
  });
}

const mostTopics = 3;

/** What is wrong with a section, a line each. */
export function coverageFaults(rows: readonly CoverageRow[], notebook: Notebook): string[] {
  if (rows.length === 0) return ["no topic is covered"];
  const cells = new Map(notebook.cells.map((cell) => [cell.id, cell]));
  const topics = new Map<string, number>();
  const faults: string[] = [];
  for (const { topic, cell: id } of rows) {
    topics.set(id, (topics.get(id) ?? 0) + 1);
    const cell = cells.get(id);
    if (topic === "") faults.push(`${id}: a row without a topic`);
    if (!cell) faults.push(`${topic}: there is no cell ${id}`);
    else if (cell.cell_type !== "code") faults.push(`${topic}: ${id} is no code cell`);
    else if (!/\bexpect\(/.test(sourceOf(cell)) && !(cell.outputs ?? []).some(isView))
      faults.push(`${topic}: ${id} neither asserts nor makes a view`);
  }
  for (const [id, count] of topics) if (count > mostTopics) faults.push(`${id} serves ${count} topics`);
  return faults;
}
