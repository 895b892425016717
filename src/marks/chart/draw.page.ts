/** plotly figures in a page: every curve, bar and histogram. An update moves the lines in place. */
import type { PlotlyFigure } from "../../protocol";
import { part, type Drawing, type Page } from "../kit/drawing.page";
import { plotlyFigure } from "./figure";
import type { ChartMark } from "./payload";
import { loadPlotly, type Plotly } from "./plotly.page";
import { letPressesOut } from "./presses.page";
import { CHART_HEIGHT, chartName, configOf, themedLayout } from "./themed";

/** Any figure, of ours or of another program. */
export class FigureDrawing implements Drawing<PlotlyFigure> {
  readonly element = part("div", "rcp-Chart-plot");
  private figure: PlotlyFigure | undefined;
  private plotly: Plotly | undefined;
  private isDrawn = false;
  private isDisposed = false;

  constructor() {
    this.element.setAttribute("role", "img");
    letPressesOut(this.element);
  }

  update(figure: PlotlyFigure): void {
    this.figure = figure;
    this.element.setAttribute("aria-label", chartName(figure));
    if (this.isDrawn) return;
    // Hold the place, so that the page does not jump when plotly arrives.
    const { height } = figure.layout;
    this.element.style.minHeight = `${typeof height === "number" ? height : CHART_HEIGHT}px`;
  }

  /** @throws Error if plotly cannot be loaded or cannot draw the figure */
  async draw({ theme }: Page): Promise<void> {
    this.plotly ??= await loadPlotly();
    // While plotly was loading, a newer figure may have come or the cell may have gone.
    if (this.isDisposed || !this.figure) return;
    const { figure, plotly } = this;
    const layout = themedLayout(figure, theme);
    // Plotly writes into what it is given; the notebook's own JSON must stay as it was saved.
    await plotly.react(this.element, structuredClone(figure.data), structuredClone(layout), configOf(figure));
    if (this.isDrawn) await plotly.Plots.resize(this.element);
    this.isDrawn = true;
  }

  dispose(): void {
    this.isDisposed = true;
    this.plotly?.purge(this.element);
  }
}

export class ChartDrawing implements Drawing<ChartMark> {
  private readonly drawing = new FigureDrawing();
  readonly element = this.drawing.element;

  update(mark: ChartMark): void {
    this.drawing.update(plotlyFigure(mark));
  }
  draw(page: Page): Promise<void> {
    return this.drawing.draw(page);
  }
  dispose(): void {
    this.drawing.dispose();
  }
}
