import { isTensor, nextStep, show } from "../../arguments";
import { DataError } from "../../errors";
import { checkOptions, type OptionNames } from "../../options";
import type { View } from "../../marks";
import { DISPLAY, type Displayable, type MimeBundle } from "../../protocol";
import { LiveOutput } from "../live";
import { Progress } from "../progress";
import { viewBundle } from "../picture";
import { chartLines } from "../series";
import type { Samples } from "./samples";

export interface CurveOptions {
  /** Default none. */
  title?: string;
  /** Names of the axes; default "step" and none. */
  x?: string;
  y?: string;
  /** Weight of the past in a moving average drawn over the points, 0 to below 1; default 0: none. */
  smooth?: number;
  /** How many points the longest line will have, or where x will end: how far it is and how long the rest takes stand below the title. */
  total?: number;
}
const optionNames: OptionNames<CurveOptions> = { title: true, x: true, y: true, smooth: true, total: true };

interface Points {
  name: string;
  x: number[];
  y: number[];
}

/** A chart that grows while a cell runs; made by `show.curve`. */
export class Curve implements Displayable {
  private readonly lines = new Map<string, Points>();
  private readonly output = new LiveOutput("curve", () => this[DISPLAY]());
  private readonly chart: Required<Omit<CurveOptions, "total">>;
  private readonly progress: Progress | undefined;

  constructor(options: CurveOptions) {
    const { title = "", x = "step", y = "", smooth = 0, total } = options;
    if (!(smooth >= 0 && smooth < 1))
      throw new DataError(`show.curve: smooth must be 0 or more and below 1, got ${show(smooth)}.`);
    if (total !== undefined && !(total > 0 && total < Infinity))
      throw new DataError(`show.curve: total must be a number above 0, got ${show(total)}.`);
    this.progress = total === undefined ? undefined : new Progress(total, x || "step");
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
    this.progress?.reach(x ?? Math.max(...Array.from(this.lines.values(), (line) => line.x.length)));
    this.output.changed();
    return this;
  }

  /** Sends what has not been sent; the next `add` shows the chart anew, below the cell that then runs. */
  done(): void {
    this.output.done();
  }

  /** @internal The chart as it is now. */
  view(): View {
    const { title, x, y, smooth } = this.chart;
    const lines = chartLines([...this.lines.values()], smooth);
    const subtitle = this.progress?.words();
    return { version: 2, title, ...(subtitle ? { subtitle } : {}), marks: [{ mark: "chart", x, y, lines }] };
  }

  /** The chart as it is now: a plotly figure, SVG for programs without plotly, and text. */
  [DISPLAY](): MimeBundle {
    return viewBundle(this.view());
  }
}

/**
 * A chart that grows while a cell runs, a line for each name that `add` is given.
 * @throws DataError if smooth is out of range
 * @example
 * const curve = show.curve({ title: "Training", x: "batch", smooth: 0.9, total: 100 });
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

export const samples: Samples = {
  "two lines with their moving averages": () => {
    const chart = curve({ title: "Training", x: "step", y: "loss", smooth: 0.8 });
    for (let i = 0; i < 60; i++)
      chart.add({
        training: 2.3 * Math.exp(-i / 20) + 0.1 * Math.sin(i * 1.7),
        validation: 0.4 + 2 * Math.exp(-i / 25),
      });
    return chart;
  },
  "few points, and one that is not a number": () => {
    const chart = curve();
    for (const loss of [2.3, 1.4, NaN, 0.9, 0.7]) chart.add({ loss });
    return chart;
  },
  "before the first point": () => curve({ title: "Training" }),
};
