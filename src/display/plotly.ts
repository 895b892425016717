import type { PlotlyFigure } from "../protocol";
import { drawnLines, type Chart } from "./chart";
import { lineColours } from "./colours";

/** Lines of fewer points show each of them. */
const MARKERS_BELOW = 30;

/** The chart as a plotly figure; zoom and hidden lines survive an update. */
export function plotlyFigure(chart: Chart): PlotlyFigure {
  const data = drawnLines(chart).map(({ name, x, y, colour, pale }) => ({
    type: "scatter",
    mode: x.length < MARKERS_BELOW && !pale ? "lines+markers" : "lines",
    name,
    legendgroup: name,
    x: x.map(short),
    y: y.map(short),
    line: {
      // Without smoothing the page's theme chooses the colours; a pair must share one.
      ...(chart.smooth > 0 ? { color: lineColours[colour % lineColours.length] } : {}),
      ...(colour >= lineColours.length ? { dash: "dash" } : {}),
    },
    ...(pale ? { opacity: 0.3, showlegend: false, hoverinfo: "skip" } : {}),
  }));
  const layout = {
    ...(chart.title ? { title: { text: chart.title } } : {}),
    xaxis: { title: { text: chart.x } },
    yaxis: { title: { text: chart.y } },
    showlegend: true,
    uirevision: "receptive",
  };
  return { data, layout };
}

/** Five digits are more than a screen shows; JSON has no NaN, and null leaves a gap in the line. */
const short = (value: number): number | null =>
  Number.isFinite(value) ? Number(value.toPrecision(Number.isInteger(value) ? 15 : 5)) : null;
