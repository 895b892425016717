/** A figure on the page. */
import type { PlotlyFigure } from "../../protocol";
import { part, type Page } from "../kit/drawing.page";
import type { Theme } from "../kit/theme";
import { oneTabStop, walkModebar } from "./modebar.page";
import { loadPlotly, type Plotly } from "./plotly.page";
import { letPressesOut } from "./presses.page";
import { CHART_HEIGHT, chartName, configOf, themedLayout } from "./themed";
import { PointWalk, type DescribePoint } from "./walk.page";

/** Where plotly draws, with keys and a read-out. An update moves the lines in place. */
export class Plot {
  readonly element = part("div", "rcp-Figure");
  private readonly plot = part("div", "rcp-Chart-plot");
  private readonly walk = new PointWalk(this.plot);
  private figure: PlotlyFigure | undefined;
  private plotly: Plotly | undefined;
  private isDrawn = false;
  /** CSS pixels in which it was drawn. */
  private width = 0;
  private wanted: Pick<Page, "theme"> | undefined;
  private drawing: Promise<void> | undefined;
  private isDisposed = false;

  constructor() {
    this.element.append(this.plot, this.walk.readout);
    letPressesOut(this.plot);
    walkModebar(this.plot);
  }

  /** @param named the figure from which a screen reader has its name */
  update(figure: PlotlyFigure, describe: DescribePoint, named = figure): void {
    this.figure = figure;
    this.plot.setAttribute("aria-label", `${chartName(named)} Arrow keys walk along the points and from line to line.`);
    this.walk.describe = describe;
    if (this.isDrawn) return;
    // Hold the place, so that the page does not jump when plotly arrives.
    const { height } = figure.layout;
    this.plot.style.minHeight = `${typeof height === "number" ? height : CHART_HEIGHT}px`;
  }

  /**
   * One drawing after the other: two that plotly is at work on take each other's margins.
   * @throws Error if plotly cannot be loaded or cannot draw the figure
   */
  draw(page: Pick<Page, "theme">): Promise<void> {
    this.wanted = page;
    this.drawing ??= this.drawWanted().finally(() => (this.drawing = undefined));
    return this.drawing;
  }

  private async drawWanted(): Promise<void> {
    while (this.wanted) {
      const { theme } = this.wanted;
      this.wanted = undefined;
      await this.drawIn(theme);
    }
  }

  private async drawIn(theme: Theme): Promise<void> {
    this.plotly ??= await loadPlotly();
    // While plotly was loading, a newer figure may have come or the cell may have gone.
    if (this.isDisposed || !this.figure) return;
    const { figure, plotly } = this;
    const layout = themedLayout(figure, theme);
    // Measuring takes as long as drawing, and a running cell changes no width. Drawn first, because it puts the legend wrong.
    const width = this.plot.clientWidth;
    if (this.isDrawn && this.width !== width) await plotly.Plots.resize(this.plot);
    // Plotly writes into what it is given; the notebook's own JSON must stay as it was saved.
    await plotly.react(this.plot, structuredClone(figure.data), structuredClone(layout), configOf(figure));
    this.width = width;
    oneTabStop(this.plot);
    this.isDrawn = true;
    this.walk.plotly = plotly;
  }

  /** Gives plotly's elements back; the next `draw` makes them anew. */
  release(): void {
    this.plotly?.purge(this.plot);
    this.isDrawn = false;
  }

  dispose(): void {
    this.isDisposed = true;
    this.walk.dispose();
    this.release();
  }
}
