/** Keys in a plotly figure: arrows walk from point to point and from line to line, with the point in words. */
import type { PlotlyFigure } from "../../protocol";
import { part } from "../kit/drawing.page";
import { drawnNumber } from "../kit/numbers";
import type { Plotly } from "./plotly.page";

/** A point in words; empty if there is none. */
export type DescribePoint = (trace: number, point: number) => string;

/** plotly's element, with the traces as they are drawn. */
interface Plotted extends HTMLElement {
  data?: readonly Trace[];
}
interface Trace {
  name?: unknown;
  x?: unknown;
  y?: unknown;
  visible?: unknown;
  hoverinfo?: unknown;
}

export class PointWalk {
  readonly readout = part("output", "rcp-Chart-readout");
  plotly: Plotly | undefined;
  describe: DescribePoint = () => "";
  private at: { trace: number; point: number } | undefined;

  constructor(private readonly plot: Plotted) {
    this.readout.setAttribute("aria-live", "polite");
    plot.tabIndex = 0;
    // "application" lets the arrow keys through a screen reader.
    plot.setAttribute("role", "application");
    plot.addEventListener("keydown", (event) => this.onKey(event));
    plot.addEventListener("blur", () => this.leave());
  }

  dispose(): void {
    this.plotly = undefined;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== this.plot) return;
    if (event.key === "Escape" && this.at) this.leave();
    else {
      const next = this.step(event.key);
      if (!next) return;
      this.at = next;
      const { trace: curveNumber, point: pointNumber } = next;
      this.plotly?.Fx.hover(this.plot, [{ curveNumber, pointNumber }]);
      this.readout.textContent = this.describe(curveNumber, pointNumber);
    }
    // Otherwise the notebook would select the cell below, and the page would scroll.
    event.stopPropagation();
    event.preventDefault();
  }

  private leave(): void {
    if (!this.at) return;
    this.at = undefined;
    this.plotly?.Fx.unhover(this.plot);
    this.readout.textContent = "";
  }

  /** Where a key leads; undefined for other keys, and where there are no points. */
  private step(key: string): { trace: number; point: number } | undefined {
    const moves: Partial<Record<string, [traces: number, points: number]>> = {
      " ": [0, 0],
      Enter: [0, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      PageUp: [0, -10],
      PageDown: [0, 10],
      Home: [0, -Infinity],
      End: [0, Infinity],
    };
    const move = moves[key];
    const traces = this.walkable();
    if (!move || traces.length === 0) return undefined;
    const { at } = this;
    const before = at && traces.includes(at.trace) ? at : undefined;
    if (!before) return { trace: traces[0], point: 0 };
    const place = traces.indexOf(before.trace) + move[0];
    const trace = traces[Math.min(Math.max(place, 0), traces.length - 1)];
    // Another line has other steps: the reader stays at the place along x.
    if (trace !== before.trace) return { trace, point: this.nearest(trace, before) };
    const last = lengthOf(this.plot.data?.[trace]) - 1;
    return { trace, point: Math.min(Math.max(before.point + move[1], 0), last) };
  }

  /** The point of a trace that is nearest to a point of another along x; where x are words, the one at the same place. */
  private nearest(trace: number, from: { trace: number; point: number }): number {
    const xOf = (at: number): unknown[] => this.plot.data?.[at]?.x as unknown[];
    const [own, x] = [xOf(trace), xOf(from.trace)[from.point]];
    const last = lengthOf(this.plot.data?.[trace]) - 1;
    if (typeof x !== "number") {
      const same = own.indexOf(x);
      return Math.min(same < 0 ? from.point : same, last);
    }
    let best = 0;
    const away = (at: number): number => Math.abs(Number(own[at] ?? NaN) - x);
    for (let at = 0; at <= last; at++) if (away(at) < away(best) || Number.isNaN(away(best))) best = at;
    return best;
  }

  /** The traces with points that can be told, and that the legend has not hidden. */
  private walkable(): number[] {
    return (this.plot.data ?? []).flatMap((trace, i) =>
      lengthOf(trace) > 0 && trace.visible !== "legendonly" && trace.visible !== false && trace.hoverinfo !== "skip"
        ? [i]
        : [],
    );
  }
}

const lengthOf = (trace: Trace | undefined): number =>
  trace && Array.isArray(trace.x) && Array.isArray(trace.y) ? Math.min(trace.x.length, trace.y.length) : 0;

/** The points of any figure in words: "accuracy: x 3, y 0.91". */
export function wordsOfPoint({ data }: PlotlyFigure): DescribePoint {
  const said = (value: unknown): string => (typeof value === "number" ? drawnNumber(value) : String(value));
  return (trace, point) => {
    const { name, x, y } = (data[trace] ?? {}) as Trace;
    if (!Array.isArray(x) || !Array.isArray(y)) return "";
    const where = `x ${said(x[point])}, y ${said(y[point])}`;
    return typeof name === "string" && name ? `${name}: ${where}` : where;
  };
}
