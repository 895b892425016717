import type { PlotlyFigure } from "../../protocol";
import { escaped } from "../../text/html";
import { lineColours } from "../kit/colours";
import type { ChartMark } from "./payload";

/** Lines of fewer points show each of them. */
export const MARKERS_BELOW = 30;

/** The chart as a plotly figure; zoom and hidden lines survive an update. */
export function plotlyFigure({ title = "", subtitle = "", x, y, lines }: ChartMark): PlotlyFigure {
  const hasPairs = lines.some(({ pale }) => pale);
  const palette = lineColours.light;
  const data = lines.map((line) => ({
    type: "scatter",
    mode: line.x.length < MARKERS_BELOW && !line.pale ? "lines+markers" : "lines",
    name: plain(line.name),
    legendgroup: plain(line.name),
    x: line.x,
    y: line.y,
    line: {
      // Without pairs the page's theme chooses the colours; a pair must share one.
      ...(hasPairs ? { color: palette[line.colour % palette.length] } : {}),
      ...(line.colour >= palette.length ? { dash: "dash" } : {}),
    },
    ...(line.pale ? { opacity: 0.3, showlegend: false, hoverinfo: "skip" } : {}),
  }));
  const head = plain(title) + (subtitle ? `<br><sub>${plain(subtitle)}</sub>` : "");
  const layout = {
    ...(head ? { title: { text: head } } : {}),
    xaxis: { title: { text: plain(x) } },
    yaxis: { title: { text: plain(y) } },
    showlegend: true,
    uirevision: "receptive",
  };
  return { data, layout };
}

/** plotly reads tags and entities in texts: these words are to be seen as they are written. */
const plain = (words: string): string => escaped(words).replace(/&quot;/g, '"');
