/** Which notebook the reader works in, and its kernel. No DOM here. */
import type { KernelConnection } from "../kernel/connection";
import type { WatchedConnection } from "./variables";

interface Signal<Value> {
  connect(slot: (sender: unknown, value: Value) => void): unknown;
  disconnect(slot: (sender: unknown, value: Value) => void): unknown;
}
interface Session {
  readonly session: { readonly kernel: KernelConnection | null } | null;
  readonly kernelChanged: Signal<unknown>;
  readonly sessionChanged: Signal<unknown>;
}
/** What is looked at of a document of JupyterLab; NotebookPanel is one. */
export interface DocumentLike {
  readonly isDisposed: boolean;
  readonly disposed: Signal<unknown>;
  readonly sessionContext?: Session;
  readonly content?: object;
}
/** What is looked at of the shell. */
export interface ShellLike {
  readonly currentWidget: unknown;
  readonly currentChanged?: Signal<unknown>;
}

/** A notebook has cells and a kernel; other documents lack one of them. */
const isNotebook = (widget: unknown): widget is DocumentLike & { sessionContext: Session } => {
  if (typeof widget !== "object" || widget === null) return false;
  const { sessionContext, content } = widget as DocumentLike;
  return !!sessionContext && !!content && "activeCellIndex" in content;
};

/** The notebook that was current last: a file or a help page beside it does not take its place. */
export class FollowedNotebook {
  private notebook: (DocumentLike & { sessionContext: Session }) | undefined;

  /** @param onChange called when there is another notebook or another kernel; not before the first `look` */
  constructor(
    private readonly shell: ShellLike,
    private readonly onChange: () => void,
  ) {
    shell.currentChanged?.connect(this.look);
  }

  get isThere(): boolean {
    return this.notebook !== undefined;
  }

  get kernel(): WatchedConnection | undefined {
    return (this.notebook?.sessionContext.session?.kernel ?? undefined) as WatchedConnection | undefined;
  }

  dispose(): void {
    this.shell.currentChanged?.disconnect(this.look);
    this.leave();
  }

  /** Takes the shell's current notebook; called with each change of it. */
  readonly look = (): void => {
    const { currentWidget } = this.shell;
    if (currentWidget === this.notebook || !isNotebook(currentWidget)) return;
    this.leave();
    this.notebook = currentWidget;
    currentWidget.disposed.connect(this.onDisposed);
    currentWidget.sessionContext.kernelChanged.connect(this.changed);
    currentWidget.sessionContext.sessionChanged.connect(this.changed);
    this.onChange();
  };

  private leave(): void {
    const { notebook } = this;
    this.notebook = undefined;
    if (!notebook || notebook.isDisposed) return;
    notebook.disposed.disconnect(this.onDisposed);
    notebook.sessionContext.kernelChanged.disconnect(this.changed);
    notebook.sessionContext.sessionChanged.disconnect(this.changed);
  }

  private readonly onDisposed = (): void => {
    this.notebook = undefined;
    this.onChange();
  };
  private readonly changed = (): void => this.onChange();
}
