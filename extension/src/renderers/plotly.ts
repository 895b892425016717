/** Renderer of plotly figures: every curve, bar and histogram. An update of the output moves the lines in place. */
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import { PLOTLY_MIME, type PlotlyFigure } from "../../../src/protocol";
import { loadPlotly, type Plotly } from "../plotly";
import { CHART_HEIGHT, chartName, checkFigure, configOf, themedLayout } from "./chart";
import { addLive } from "./live";
import { letPressesOut } from "./presses";
import { messageElement } from "./message";
import { readTheme } from "./readTheme";

export class PlotlyRenderer extends Widget implements IRenderMime.IRenderer {
  private readonly plot = document.createElement("div");
  private figure: PlotlyFigure | undefined;
  private plotly: Plotly | undefined;
  private drawn = false;
  private readonly removeLive = addLive({ repaint: () => void this.draw() });
  /** Reports the first real width too, and nothing while the output is scrolled out of sight: plotly waits until then. */
  private readonly sizes = new ResizeObserver(() => void (this.drawn ? this.adaptSize() : this.draw()));

  constructor() {
    super();
    this.addClass("rcp-Chart");
    this.plot.className = "rcp-Chart-plot";
    this.plot.setAttribute("role", "img");
    letPressesOut(this.plot);
    this.sizes.observe(this.plot);
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const figure = checkFigure(model.data[PLOTLY_MIME]);
    if (typeof figure === "string") {
      this.figure = undefined;
      this.node.replaceChildren(messageElement(figure, model.data["image/png"]));
      return;
    }
    this.figure = figure;
    this.plot.setAttribute("aria-label", chartName(figure));
    if (!this.drawn) {
      // Hold the place, so that the page does not jump when plotly arrives.
      const { height } = figure.layout;
      this.plot.style.minHeight = `${typeof height === "number" ? height : CHART_HEIGHT}px`;
    }
    if (this.plot.parentNode !== this.node) this.node.replaceChildren(this.plot);
    await this.draw();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.sizes.disconnect();
    this.removeLive();
    this.plotly?.purge(this.plot);
    super.dispose();
  }

  private async draw(): Promise<void> {
    if (!this.figure || this.plot.clientWidth === 0) return;
    try {
      this.plotly ??= await loadPlotly();
      // While plotly was loading, a newer figure may have come or the cell may have gone.
      if (this.isDisposed || !this.figure) return;
      const { figure, plotly } = this;
      const layout = themedLayout(figure, readTheme(this.node));
      // Plotly writes into what it is given; the notebook's own JSON must stay as it was saved.
      await plotly.react(this.plot, structuredClone(figure.data), structuredClone(layout), configOf(figure));
      this.drawn = true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.node.replaceChildren(messageElement(`plotly: ${reason}. Reload the page and run the cell again.`));
    }
  }

  private async adaptSize(): Promise<void> {
    if (this.plot.clientWidth > 0) await this.plotly?.Plots.resize(this.plot);
  }
}
