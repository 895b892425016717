/** The inspector in JupyterLab's right sidebar. Its code comes when it is first seen. */
import { Widget } from "@lumino/widgets";
import type { KernelConnection } from "../kernel/connection";
import type { ShellLike } from "./follow";
import type { Inspector } from "./inspector";
import type { PinnedView } from "./openInInspector";
import { widen } from "./widen";

export class InspectorPanel extends Widget {
  private inspector: Promise<Inspector> | undefined;

  private isRestored = false;
  /** Whether it has asked for its width. */
  private isWide = false;

  /** @param restored settles once the page is laid out as its workspace says */
  constructor(
    private readonly shell: ShellLike,
    restored: Promise<unknown>,
  ) {
    super();
    void restored.then(() => {
      this.isRestored = true;
      this.askForWidth();
    });
    this.id = "receptive-inspector";
    this.addClass("rcp-Inspector-panel");
    this.title.caption = "Receptive inspector";
    this.title.iconClass = "rcp-Inspector-icon jp-SideBar-tabIcon";
    this.node.setAttribute("role", "region");
    this.node.setAttribute("aria-label", "Receptive inspector");
  }

  /** Opens the object of that id; default: of the current notebook's kernel. */
  open(id: string, kernel?: KernelConnection): void {
    void this.load().then((inspector) => inspector.openId(id, kernel));
  }

  /** Keeps a view of an output in sight. */
  pin(view: PinnedView): void {
    void this.load().then((inspector) => inspector.pin(view));
  }

  /** Gives the keys to what is shown. */
  focus(): void {
    void this.load().then((inspector) => inspector.focus());
  }

  override dispose(): void {
    if (this.isDisposed) return;
    void this.inspector?.then((inspector) => inspector.dispose());
    super.dispose();
  }

  protected override onAfterShow(): void {
    this.askForWidth();
    this.tell();
  }
  protected override onAfterHide(): void {
    this.tell();
  }
  protected override onAfterAttach(): void {
    this.tell();
  }

  /** Once a page, and not before the workspace has given the panel the width from before. */
  private askForWidth(): void {
    if (!this.isRestored || this.isWide || !this.isVisible) return;
    this.isWide = true;
    widen(this);
  }

  /** Tells the inspector whether it is seen. */
  private tell(): void {
    if (!this.isVisible && !this.inspector) return;
    void this.load().then((inspector) => inspector.setShown(this.isVisible));
  }

  private load(): Promise<Inspector> {
    this.inspector ??= import("./inspector").then((code) => {
      const inspector = new code.Inspector(this.shell);
      this.node.append(inspector.element);
      return inspector;
    });
    return this.inspector;
  }
}
