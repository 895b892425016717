/** Figures of plotly as our charts, for a static picture: only what means the same in both. */
import type { PlotlyFigure } from "../../protocol";
import { isList, isNumberOrNull, isRecord, isText, type Json } from "../kit/check";
import type { ChartLine, ChartMark } from "./payload";
import { chartName } from "./themed";

/** The traces that the page's plotly draws (plotly.js-cartesian-dist-min). */
export const traceTypes: readonly string[] = [
  ...["bar", "box", "contour", "heatmap", "histogram", "histogram2d", "histogram2dcontour", "image", "pie", "scatter"],
  ...["scatterternary", "violin"],
];

const TRACE_KEYS = new Set(["type", "mode", "name", "x", "y"]);
const LAYOUT_KEYS = new Set(["title", "xaxis", "yaxis", "showlegend", "height", "width", "margin"]);
const AXIS_KEYS = new Set(["title"]);

/** The chart that shows the same; undefined if a trace or a setting would look otherwise in it. */
export function chartOfFigure({ data, layout }: PlotlyFigure): ChartMark | undefined {
  const { xaxis = {}, yaxis = {} } = layout;
  const isKnown = (owner: unknown, keys: ReadonlySet<string>): owner is Json =>
    isRecord(owner) && Object.keys(owner).every((key) => keys.has(key));
  if (!isKnown(layout, LAYOUT_KEYS) || !isKnown(xaxis, AXIS_KEYS) || !isKnown(yaxis, AXIS_KEYS)) return undefined;
  const lines: ChartLine[] = [];
  for (const [colour, trace] of data.entries()) {
    const { type = "scatter", mode, name = "", y } = trace;
    const x = trace.x ?? (Array.isArray(y) ? y.map((_, i) => i) : undefined);
    const areNumbers = isList(x, isNumberOrNull) && isList(y, isNumberOrNull);
    if (!isKnown(trace, TRACE_KEYS) || !areNumbers || !isText(name)) return undefined;
    if ((x as unknown[]).length !== (y as unknown[]).length || colour > 6) return undefined;
    const kind = kindOf(type, mode);
    if (!kind) return undefined;
    lines.push({ name, kind, x: x as number[], y: y as number[], colour });
  }
  return { mark: "chart", title: titleOf(layout), x: titleOf(xaxis), y: titleOf(yaxis), lines };
}

function kindOf(type: unknown, mode: unknown): ChartLine["kind"] {
  if (type === "bar") return "bar";
  if (type !== "scatter") return undefined;
  return mode === "markers"
    ? "scatter"
    : mode === undefined || mode === "lines" || mode === "lines+markers"
      ? "line"
      : undefined;
}

function titleOf({ title }: Json): string {
  const text = isRecord(title) ? title.text : title;
  return isText(text) ? text.replace(/<[^>]*>/g, "") : "";
}

/** The figure in words: its name, and a line a trace. */
export function figureWords(figure: PlotlyFigure): string {
  const traces = figure.data.map(({ type = "scatter", name, x, y, z }) => {
    const [some] = [y, x, z].filter(Array.isArray) as unknown[][];
    const named = isText(name) && name ? ` "${name}"` : "";
    return `${String(type)}${named}${some ? `: ${some.length} ${z === some ? "rows" : "values"}` : ""}`;
  });
  return [chartName(figure), ...traces].join("\n");
}
