/**
 * The cell in which an output lies, as far as answers need it: its source, and whether it may be changed. Found by the way up the
 * parents, in JupyterLab and in Notebook 7, without the tokens of either. No DOM here.
 */
import type { Documents, WidgetLike } from "../kernel/find";
import type { Edit } from "./source";

/** What is looked at of a cell's model, in JupyterLab the `ISharedCodeCell` of a `CodeCellModel`. */
export interface SharedCell {
  getSource(): string;
  updateSource(from: number, to: number, text: string): void;
  getMetadata(): object;
  readonly undoManager?: { stopCapturing?(): void } | null;
  readonly changed: Signal;
}

interface Signal {
  connect(slot: () => void): unknown;
  disconnect(slot: () => void): unknown;
}

export interface QuestionCell {
  readonly source: string;
  /** Whatever stands for it: the same for the same cell. */
  readonly model: SharedCell;
  /** Changes the source in one step of undo. @returns why it may not be changed, in a sentence */
  edit(change: Edit): string | undefined;
  /** Calls back whenever the cell changes; the returned function ends it. */
  watch(changed: () => void): () => void;
}

/** The cell of the widget's output; undefined if it lies in none. */
export function cellOf(widget: WidgetLike, documents: Documents): QuestionCell | undefined {
  const areas = new Set<unknown>();
  for (let at: WidgetLike | null = widget; at; at = at.parent) {
    const [shared, widgetOfCell] = [sharedOf(at.model), at];
    if (shared) return new Cell(shared, () => whyLocked(shared, widgetOfCell));
    if (at.model) areas.add(at.model);
  }
  // An output in a view of its own has the very outputs of its cell.
  if (areas.size === 0) return undefined;
  for (const document of documents())
    for (const cell of document.content?.model?.cells ?? []) {
      const shared = cell.outputs && areas.has(cell.outputs) ? sharedOf(cell) : undefined;
      if (shared) return new Cell(shared, () => whyLocked(shared, document));
    }
  return undefined;
}

function sharedOf(model: unknown): SharedCell | undefined {
  const { sharedModel } = (model ?? {}) as { sharedModel?: Partial<SharedCell> };
  const isCell = typeof sharedModel?.updateSource === "function" && typeof sharedModel.getSource === "function";
  return isCell ? (sharedModel as SharedCell) : undefined;
}

/** @param widget the cell, or the document around it */
function whyLocked(shared: SharedCell, widget: WidgetLike): string | undefined {
  const metadata = shared.getMetadata() as { editable?: unknown; nbgrader?: { locked?: unknown } };
  if (metadata.nbgrader?.locked === true) return "This cell is locked by nbgrader: the answer is not kept.";
  if (metadata.editable === false) return "This cell cannot be edited: the answer is not kept.";
  for (let at: (WidgetLike & Lockable) | null = widget; at; at = at.parent) {
    if (at.context?.contentsModel?.writable === false) return "This notebook is read only: the answer cannot be saved.";
    if (at.readOnly === true) return "This cell cannot be edited any more: the answer is not kept.";
  }
  return undefined;
}

/** A cell that is read only, such as one of a console that has run, or a document whose file is. */
interface Lockable {
  readonly readOnly?: boolean;
  readonly context?: { readonly contentsModel?: { readonly writable?: boolean } | null };
}

class Cell implements QuestionCell {
  constructor(
    readonly model: SharedCell,
    private readonly whyLocked: () => string | undefined,
  ) {}

  get source(): string {
    return this.model.getSource();
  }

  edit({ from, to, text }: Edit): string | undefined {
    const locked = this.whyLocked();
    if (locked !== undefined) return locked;
    // What was typed shortly before is a step of its own, and so is what comes after.
    this.model.undoManager?.stopCapturing?.();
    this.model.updateSource(from, to, text);
    this.model.undoManager?.stopCapturing?.();
    return undefined;
  }

  watch(changed: () => void): () => void {
    this.model.changed.connect(changed);
    return () => void this.model.changed.disconnect(changed);
  }
}
