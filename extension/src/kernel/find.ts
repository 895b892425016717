/**
 * Which kernel made an output? JupyterLab does not say it to a renderer. No DOM here.
 *
 * The renderer lies in a notebook or a console, both of which have a `sessionContext`: the way up the parents finds it, in
 * JupyterLab and in Notebook 7, without the tokens of either. An output in a view of its own ("Create New View for Output") lies in no
 * notebook, but its area has the very model of the cell that it was taken from.
 */
import type { KernelConnection } from "./connection";

/** What is looked at of a Lumino widget, JupyterLab's OutputArea and NotebookPanel among them. */
export interface WidgetLike {
  readonly parent: WidgetLike | null;
  readonly sessionContext?: { readonly session: { readonly kernel: KernelConnection | null } | null };
  /** Of an OutputArea: the outputs of its cell. */
  readonly model?: unknown;
  readonly content?: {
    readonly model?: {
      readonly cells?: Iterable<{ readonly outputs?: unknown; readonly sharedModel?: unknown }>;
    } | null;
  };
}

/** All documents of the page; `app.shell.widgets("main")`. */
export type Documents = () => Iterable<WidgetLike>;

/** The connection to the kernel of the notebook or console in which the widget lies; undefined if there is none now. */
export function kernelOf(widget: WidgetLike, documents: Documents): KernelConnection | undefined {
  const owner = ownerAbove(widget) ?? ownerOfModel(widget, documents);
  return owner?.sessionContext?.session?.kernel ?? undefined;
}

function ownerAbove(widget: WidgetLike): WidgetLike | undefined {
  for (let at: WidgetLike | null = widget; at; at = at.parent) if (at.sessionContext) return at;
  return undefined;
}

function ownerOfModel(widget: WidgetLike, documents: Documents): WidgetLike | undefined {
  const models = new Set<unknown>();
  for (let at: WidgetLike | null = widget; at; at = at.parent) if (at.model) models.add(at.model);
  if (models.size === 0) return undefined;
  for (const document of documents()) {
    if (!document.sessionContext) continue;
    for (const cell of document.content?.model?.cells ?? [])
      if (cell.outputs && models.has(cell.outputs)) return document;
  }
  return undefined;
}
