/** Names of questions, each of which belongs to one cell of a notebook. */
import { DataError } from "../../errors";
import { notebook } from "../../notebook";
import type { NotebookHost } from "../../protocol";

/** The run of a cell that has asked a question. */
interface Asked {
  run: WeakRef<object> | undefined;
  /** The cell, where the front end names it. */
  cell: string | undefined;
  text: string;
}

export class QuestionIds {
  private readonly asked = new Map<string, Asked>();

  constructor(private readonly host: () => NotebookHost | undefined) {}

  /**
   * Gives the running cell the name. A cell that is run again keeps its names. Where the front end does not say which cell runs,
   * as nbclient does not, one that asks the same text is taken for the same. A cell that was deleted, or has run again without the
   * question, gives its name back.
   * @throws DataError if another cell has it, or this run of the cell has used it before
   */
  claim(caller: string, id: string, text: string): void {
    const host = this.host();
    if (!host) return;
    const { cell: run, cellId: cell } = host;
    const before = this.asked.get(id);
    if (before && run !== undefined && before.run?.deref() === run)
      throw new DataError(
        `${caller}: ${JSON.stringify(id)} is asked twice in this cell. Give each question a name of its own.`,
      );
    const isSame =
      before?.cell !== undefined && cell !== undefined
        ? before.cell === cell
        : before === undefined || before.text === text;
    const former = before?.run?.deref();
    const isGone =
      (before?.cell !== undefined && (host.deletedCells ?? []).includes(before.cell)) ||
      (former !== undefined && host.hasRunAgain?.(former) === true);
    if (before && !isSame && !isGone)
      throw new DataError(
        `${caller}: another cell asks ${JSON.stringify(id)} too (${JSON.stringify(before.text.slice(0, 60))}). ` +
          `Give this question another name, or restart the kernel if that cell is gone.`,
      );
    this.asked.set(id, { run: run && new WeakRef(run), cell, text });
  }
}

/** Of the notebook around this program. */
export const questionIds = new QuestionIds(notebook);
