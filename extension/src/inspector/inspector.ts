/** What the panel shows: the list of the notebook's objects, or one of them. */
import { part, setWords } from "../../../src/marks/kit/drawing.page";
import type { KernelConnection } from "../kernel/connection";
import { FollowedNotebook, type ShellLike } from "./follow";
import { ObjectList } from "./list";
import type { PinnedView } from "./openInInspector";
import { Opened } from "./opened";
import { Pinned } from "./pinned";
import { Variables, type Entry, type WatchedConnection } from "./variables";
import { emptyLine } from "./words";

export class Inspector {
  readonly element = part("div", "rcp-Inspector");
  private readonly line = part("div", "rcp-Inspector-empty");
  private readonly list = new ObjectList((entry) => this.open(entry));
  private readonly notebook: FollowedNotebook;
  private variables: Variables | undefined;
  /** The connection that `variables` listens to. */
  private kernel: WatchedConnection | undefined;
  private opened: Opened | Pinned | undefined;
  private isShown = false;

  constructor(shell: ShellLike) {
    this.line.setAttribute("role", "status");
    // Where there is no list the keys are here, not lost.
    this.line.tabIndex = -1;
    this.notebook = new FollowedNotebook(shell, () => this.onNotebook());
    this.element.append(this.line, this.list.element);
    // A page that goes away closes its comms, or the kernel would make lists for nobody.
    addEventListener("pagehide", () => this.setShown(false));
    this.update();
    this.notebook.look();
  }

  /** A panel that nobody sees asks nothing. */
  setShown(isShown: boolean): void {
    this.isShown = isShown;
    if (isShown) this.notebook.look();
    this.listen();
  }

  /** Opens the object of that id; default: of the notebook's own kernel. */
  openId(id: string, kernel?: KernelConnection): void {
    const known = this.entries.find((entry) => entry.id === id);
    this.open(known ?? { name: "Output", kind: "view", type: "", size: "", id }, kernel);
  }

  /** Keeps a view of an output in sight. */
  pin(view: PinnedView): void {
    const { from } = view;
    this.show(
      new Pinned(view, (how) => {
        this.leaveToList();
        // The cell may be gone, or its output another.
        if (how === "escape" && from.isConnected) from.focus();
      }),
    );
  }

  /** Gives the keys to what is shown. */
  focus(): void {
    if (this.opened) this.opened.focus();
    else if (this.list.element.hidden) this.line.focus();
    else this.list.focus();
  }

  dispose(): void {
    this.setShown(false);
    this.opened?.dispose();
    this.notebook.dispose();
  }

  private get entries(): readonly Entry[] {
    const state = this.variables?.state;
    return state?.state === "list" ? state.entries : [];
  }

  /** Another notebook, or another kernel of it: what is open belongs to the one before. */
  private onNotebook(): void {
    if (
      this.opened instanceof Opened &&
      this.notebook.kernel !== this.kernel &&
      this.notebook.kernel?.id !== this.kernel?.id
    )
      this.leave();
    this.listen();
  }

  /** Listens to the kernel of the notebook while the panel is shown. */
  private listen(): void {
    const kernel = this.isShown ? this.notebook.kernel : undefined;
    if (kernel !== this.kernel || !kernel) {
      this.variables?.dispose();
      this.variables = kernel && new Variables(kernel, () => this.update());
      this.kernel = kernel;
    }
    this.update();
  }

  private update(): void {
    const state = this.variables?.state;
    const line = emptyLine(this.notebook.isThere, this.isShown ? state : { state: "waiting" });
    setWords(this.line, this.opened ? "" : line);
    this.list.element.hidden = !!this.opened || line !== "";
    this.list.update(this.entries);
    if (!this.opened) return;
    if (state?.state === "list") this.opened.listChanged(state.entries);
    else if (state && state.state !== "waiting") this.opened.say(line);
  }

  private open(entry: Entry, kernel?: KernelConnection): void {
    const kernelNow = (): KernelConnection | undefined => kernel ?? this.notebook.kernel;
    this.show(new Opened(entry, kernelNow, this.entries, () => this.leaveToList()));
  }

  private show(opened: Opened | Pinned): void {
    this.opened?.dispose();
    this.opened?.element.remove();
    this.opened = opened;
    this.element.append(opened.element);
    setWords(this.line, "");
    this.list.element.hidden = true;
    opened.focus();
  }

  private leaveToList(): void {
    this.leave();
    this.focus();
  }

  private leave(): void {
    this.opened?.dispose();
    this.opened?.element.remove();
    this.opened = undefined;
    this.update();
  }
}
