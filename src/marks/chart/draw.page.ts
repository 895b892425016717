/** Charts in a page, and figures of plotly. */
import type { PlotlyFigure } from "../../protocol";
import { lineColours } from "../kit/colours";
import { part, setWords, type Drawing, type Page, type Surroundings } from "../kit/drawing.page";
import { slider, toggle, Toolbar } from "../kit/toolbar.page";
import { eventWords } from "./events";
import { plotlyFigure, type Look } from "./figure";
import type { ChartMark } from "./payload";
import { Plot } from "./plot.page";
import { drawnLines, eachName, isSmoothed } from "./smooth";
import { wordsOfPoint } from "./walk.page";
import { leftOut, pointWords } from "./words";

/** CSS pixels of a chart at most, as its style says. */
const WIDEST = 960;

/** Any figure, of ours or of another program. */
export class FigureDrawing implements Drawing<PlotlyFigure> {
  private readonly plot = new Plot();
  readonly element = this.plot.element;

  update(figure: PlotlyFigure): void {
    this.plot.update(figure, wordsOfPoint(figure));
  }
  draw(page: Page): Promise<void> {
    return this.plot.draw(page);
  }
  release(): void {
    this.plot.release();
  }
  dispose(): void {
    this.plot.dispose();
  }
}

/** A chart with what the reader may change of it: how smooth its lines are, and which axes are logarithmic. */
export class ChartDrawing implements Drawing<ChartMark> {
  readonly element = part("div", "rcp-Chart");
  private readonly head = part("div", "rcp-Mark-title");
  private readonly subhead = part("div", "rcp-Mark-subtitle");
  private readonly note = part("div", "rcp-Chart-note");
  private readonly plot = new Plot();
  private toolbar: HTMLElement | undefined;
  private chart: ChartMark | undefined;
  private title = "";
  private look: Look = {};
  private page: Page | undefined;

  update(chart: ChartMark, { title }: Surroundings): void {
    this.chart = chart;
    this.title = chart.title ?? title;
    setWords(this.head, chart.title ?? "");
    setWords(this.subhead, chart.subtitle ?? "");
    // What the reader has chosen stays while a running cell adds points.
    const { smoothing, logX, logY } = chart;
    const before = this.look;
    this.look = {
      ...(smoothing === undefined ? {} : { smoothing: before.smoothing ?? smoothing }),
      ...(logX === undefined ? {} : { logX: before.logX ?? logX }),
      ...(logY === undefined ? {} : { logY: before.logY ?? logY }),
    };
    if (this.toolbar && Object.keys(before).join() === Object.keys(this.look).join()) return this.show();
    this.toolbar = this.controls(chart);
    this.element.replaceChildren(this.head, this.subhead, this.toolbar, this.plot.element, this.note);
    this.show();
  }

  async draw(page: Page): Promise<void> {
    this.page = page;
    this.show();
    await this.plot.draw(page);
  }

  release(): void {
    this.plot.release();
  }
  dispose(): void {
    this.plot.dispose();
  }

  private controls(chart: ChartMark): HTMLElement {
    const { smoothing, logX, logY } = this.look;
    const toolbar = new Toolbar("Chart");
    if (smoothing !== undefined && chart.lines.some(isSmoothed))
      toolbar.add(
        slider({
          ...{ name: "Smoothing", min: 0, max: 0.99, step: 0.01, value: smoothing },
          words: (value) => value.toFixed(2),
          change: (value) => this.changed({ smoothing: value }),
        }),
      );
    const axes = logX !== undefined && logY !== undefined ? ["Log x", "Log y"] : ["Log axis", "Log axis"];
    if (logX !== undefined)
      toolbar.add(toggle(axes[0], "Logarithmic horizontal axis", logX, (on) => this.changed({ logX: on })));
    if (logY !== undefined)
      toolbar.add(toggle(axes[1], "Logarithmic vertical axis", logY, (on) => this.changed({ logY: on })));
    toolbar.element.hidden = toolbar.element.childElementCount === 0;
    return toolbar.element;
  }

  private changed(look: Look): void {
    this.look = { ...this.look, ...look };
    this.show();
    // Without a page yet, the next `draw` shows it.
    if (this.page) void this.plot.draw(this.page).catch(() => undefined);
  }

  /** The figure as it looks now, for the next drawing. */
  private show(): void {
    const { chart, look, page } = this;
    if (!chart) return;
    const dark = page?.theme.dark ?? false;
    const palette = lineColours[dark ? "dark" : "light"];
    const lines = drawnLines(chart, look.smoothing);
    const pale = lines.filter((line) => line.pale).length;
    setWords(
      this.note,
      [leftOut(chart, look), pale > 1 ? `Thin lines: ${eachName(chart)}` : ""].filter(Boolean).join(" · "),
    );
    // Title and subtitle stand above the plot.
    const { data, layout } = plotlyFigure(
      { ...chart, title: "", subtitle: "" },
      { ...look, palette, dark, ...(page ? { width: Math.min(page.width, WIDEST) } : {}) },
    );
    const words = (line: number, point: number): string => {
      const event = chart.events?.[point];
      // The points of changes lie behind those of all lines.
      return lines[line] ? pointWords(chart, lines[line], point) : event ? eventWords(chart, event) : "";
    };
    this.plot.update({ data, layout }, words, {
      data,
      layout: { ...layout, title: this.title },
    });
  }
}
