import { show, wrongKind } from "../../arguments";
import { DataError } from "../../errors";
import { chartOfFigure, figureWords, paintView, pictureBundle, traceTypes } from "../../marks";
import { checkNoOptions } from "../../options";
import { DISPLAY, PLOTLY_MIME, type Displayable, type MimeBundle, type PlotlyFigure } from "../../protocol";
import type { Samples } from "./samples";

/** A figure as plotly takes it. */
export interface Figure {
  /** Traces: `{ type: "scatter", x: [1, 2], y: [3, 4] }`. */
  readonly data: readonly object[];
  readonly layout?: object;
  readonly config?: object;
}

/** Letters of JSON that a figure has at most. */
const LARGEST = 2_000_000;

/**
 * A figure of plotly, shown as it is: for charts that `show.plot` does not draw. The page has plotly's cartesian traces, such
 * as heatmap, contour, box and violin. Programs without plotly show words, and a picture if it is of lines, points or bars.
 * @throws TypeError unless it is `{ data, layout }`; DataError if a trace is of another type, or the figure is too large
 * @see https://plotly.com/javascript/reference/
 * @example show.plotly({ data: [{ type: "scatter", x: [1, 2, 3], y: [1, 4, 9] }], layout: { title: { text: "Squares" } } })
 */
export function plotly(figure: Figure): Displayable {
  checkNoOptions("show.plotly", arguments, 1);
  const { data, layout = {}, config } = (figure ?? {}) as Partial<Figure>;
  if (!Array.isArray(data) || !isPlain(layout) || !(config === undefined || isPlain(config)))
    throw wrongKind(
      "show.plotly",
      "figure",
      "{ data, layout }",
      figure,
      'Write { data: [{ type: "bar", y: [1, 2] }] }.',
    );
  data.forEach((trace: unknown, i) => {
    if (!isPlain(trace))
      throw new DataError(
        `show.plotly: trace ${i} is no object, got ${show(trace)}. Write { type: "bar", y: [1, 2] }.`,
      );
    const { type = "scatter" } = trace as { type?: unknown };
    if (!traceTypes.includes(type as string))
      throw new DataError(
        `show.plotly: there is no trace type ${show(type)} here. Known are ${traceTypes.join(", ")}.`,
      );
  });
  const made: PlotlyFigure = jsonOf({ data, layout, ...(config ? { config } : {}) });
  return { [DISPLAY]: () => bundle(made) };
}

const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The figure as JSON carries it, apart from the user's own object, which may change. */
function jsonOf(figure: object): PlotlyFigure {
  let text: string;
  try {
    text = JSON.stringify(figure, (_, value: unknown) =>
      ArrayBuffer.isView(value) && "length" in value ? Array.from(value as unknown as ArrayLike<number>) : value,
    );
  } catch {
    throw new DataError(
      `show.plotly: the figure holds what JSON cannot carry. Give plain objects, arrays and numbers.`,
    );
  }
  if (text.length > LARGEST)
    throw new DataError(
      `show.plotly: the figure takes ${(text.length / 1e6).toFixed(1)} MB in the notebook, at most 2 are carried. Give fewer points.`,
    );
  return JSON.parse(text) as PlotlyFigure;
}

function bundle(figure: PlotlyFigure): MimeBundle {
  const chart = chartOfFigure(figure);
  return {
    [PLOTLY_MIME]: figure,
    ...(chart
      ? pictureBundle(paintView({ version: 2, title: chart.title ?? "", marks: [{ ...chart, title: "" }] }))
      : {}),
    "text/plain": figureWords(figure),
  };
}

export const samples: Samples = {
  "lines and points, which have a picture": () =>
    plotly({
      data: [
        { type: "scatter", mode: "lines", name: "line", x: [0, 1, 2, 3], y: [1, 3, 2, 4] },
        { type: "scatter", mode: "markers", name: "points", x: [0.5, 1.5, 2.5], y: [2, 2, 3] },
      ],
      layout: { title: { text: "A figure" }, xaxis: { title: { text: "x" } }, yaxis: { title: { text: "y" } } },
    }),
  "a heat map, which has none": () =>
    plotly({
      data: [{ type: "heatmap", z: Array.from({ length: 8 }, (_, i) => Array.from({ length: 8 }, (_, j) => i * j)) }],
      layout: { title: "Products", xaxis: { title: { text: "column" } } },
    }),
};
