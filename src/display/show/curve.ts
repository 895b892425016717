import { isTensor, nextStep, show } from "../../arguments";
import { checkOptions, type OptionNames } from "../../options";
import { DISPLAY, PLOTLY_MIME, type Displayable, type MimeBundle } from "../../protocol";
import { DataError } from "../../errors";
import type { Chart } from "../chart";
import { notebook } from "../../notebook";
import { uniqueName } from "../platform";
import { plotlyFigure } from "../plotly";
import { formatNumber } from "../statistics";
import { svgChart } from "../svg";

/** Milliseconds between two updates of the notebook: faster than this nobody reads, and messages pile up. */
const INTERVAL = 220;

export interface CurveOptions {
  /** Default none. */
  title?: string;
  /** Names of the axes; default "step" and none. */
  x?: string;
  y?: string;
  /** Weight of the past in a moving average drawn over the points, 0 to below 1; default 0: none. */
  smooth?: number;
}
const optionNames: OptionNames<CurveOptions> = { title: true, x: true, y: true, smooth: true };

interface Points {
  name: string;
  x: number[];
  y: number[];
}

/** A chart that grows while a cell runs; made by `show.curve`. */
export class Curve implements Displayable {
  private readonly lines = new Map<string, Points>();
  private readonly chart: Omit<Chart, "lines">;
  private displayId: string | null = null;
  private sentAt = 0;
  private changed = false;
  private timer: NodeJS.Timeout | null = null;

  constructor(options: CurveOptions) {
    const { title = "", x = "step", y = "", smooth = 0 } = options;
    if (!(smooth >= 0 && smooth < 1))
      throw new DataError(`show.curve: smooth must be 0 or more and below 1, got ${show(smooth)}.`);
    this.chart = { title, x, y, smooth };
  }

  /**
   * Appends a point to each named line and returns the curve. The first call shows the chart below the running cell;
   * later ones update it in place, at most every 220 ms.
   * @param values  a number for each line: `{ loss: 1.2, accuracy: 0.4 }`
   * @param x       where the points lie; default: how many points the line already has
   * @throws DataError if a value is not a number
   */
  add(values: Readonly<Record<string, number>>, x?: number): this {
    if (typeof values !== "object" || values === null || Array.isArray(values) || isTensor(values))
      throw new DataError(
        `show.curve: add takes a number for each line, got ${show(values)}. ${nextStep(values, "Write add({ loss: 1.2 }).")}`,
      );
    for (const [name, value] of Object.entries(values)) checkNumber(name, value);
    if (x !== undefined) checkNumber("x", x);
    for (const [name, value] of Object.entries(values)) {
      const line = this.lines.get(name) ?? { name, x: [], y: [] };
      this.lines.set(name, line);
      line.x.push(x ?? line.x.length);
      line.y.push(value);
    }
    if (!notebook()) return this;
    this.changed = true;
    const wait = this.sentAt + INTERVAL - performance.now();
    if (this.displayId === null || wait <= 0) this.send();
    else if (!this.timer) {
      this.timer = setTimeout(() => this.send(), wait);
      // A page's timer is a number.
      (this.timer as { unref?: () => void }).unref?.();
    }
    return this;
  }

  /** Sends what has not been sent; the next `add` shows the chart anew, below the cell that then runs. */
  done(): void {
    if (this.changed) this.send();
    this.displayId = null;
  }

  /** The chart as it is now: a plotly figure, SVG for programs without plotly, and text. */
  [DISPLAY](): MimeBundle {
    const chart = { ...this.chart, lines: [...this.lines.values()] };
    return {
      [PLOTLY_MIME]: plotlyFigure(chart),
      "image/svg+xml": svgChart(chart),
      "text/plain": describe(chart),
    };
  }

  private send(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.changed = false;
    this.sentAt = performance.now();
    const update = this.displayId !== null;
    this.displayId ??= `receptive-curve-${uniqueName()}`;
    notebook()?.display(this[DISPLAY](), { displayId: this.displayId, update });
  }
}

/**
 * A chart that grows while a cell runs, a line for each name that `add` is given.
 * @throws DataError if smooth is out of range
 * @example
 * const curve = show.curve({ title: "Training", x: "batch", smooth: 0.9 });
 * for (let i = 0; i < 100; i++) curve.add({ loss: Math.exp(-i / 30) });
 * curve.done();
 */
export function curve(options: CurveOptions = {}): Curve {
  checkOptions("show.curve", options, optionNames, arguments, 0);
  return new Curve(options);
}

function checkNumber(name: string, value: unknown): void {
  if (typeof value !== "number")
    throw new DataError(
      `show.curve: ${name} must be a number, got ${typeof value === "object" && value ? value.constructor.name : typeof value}. ` +
        `Read a tensor with await t.item().`,
    );
}

function describe({ title, lines }: Chart): string {
  const rows = lines.map(({ name, y }) => {
    const last = y[y.length - 1];
    return `${name}: ${y.length} point${y.length === 1 ? "" : "s"}, first ${formatNumber(y[0])}, last ${formatNumber(last)}`;
  });
  return [title || "Curve", ...(rows.length > 0 ? rows : ["no points yet"])].join("\n");
}
