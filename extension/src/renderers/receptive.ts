/** Renderer of our MIME type. JupyterLab calls `renderModel` again on every update of the same output. */
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import { RECEPTIVE_MIME } from "../../../src/protocol";
import { checkView } from "./checkView";
import { Grid } from "./grid";
import { addLive } from "./live";
import { messageElement } from "./message";

export class ReceptiveRenderer extends Widget implements IRenderMime.IRenderer {
  private grid: Grid | undefined;
  private readonly removeLive = addLive({ repaint: () => this.grid?.repaint() });
  /** Reports the first real width too, and nothing while the output is scrolled out of sight: drawing waits until then. */
  private readonly sizes = new ResizeObserver(() => this.grid?.resize(this.contentWidth()));

  constructor() {
    super();
    this.addClass("rcp-View");
    this.sizes.observe(this.node);
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const view = checkView(model.data[RECEPTIVE_MIME]);
    let problem = typeof view === "string" ? view : undefined;
    if (typeof view !== "string") {
      try {
        this.draw(view);
      } catch (error) {
        problem = error instanceof Error ? error.message : String(error);
      }
    }
    if (problem !== undefined) {
      this.grid = undefined;
      this.node.replaceChildren(messageElement(problem, model.data["image/png"]));
    }
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.sizes.disconnect();
    this.removeLive();
    super.dispose();
  }

  private draw(view: Parameters<Grid["update"]>[0]): void {
    if (this.grid) {
      this.grid.update(view);
      return;
    }
    const grid = new Grid();
    grid.update(view);
    this.grid = grid;
    this.node.replaceChildren(grid.element);
    grid.resize(this.contentWidth());
  }

  /** Width of the page inside the paddings of output and figure. */
  private contentWidth(): number {
    const style = getComputedStyle(this.grid?.element ?? this.node);
    const padding = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
    return Math.max(0, (this.grid?.element.clientWidth ?? 0) - (padding || 0));
  }
}
