import type { PlotlyFigure } from "../../protocol";
import { formerColours, lineColours } from "../kit/colours";
import { drawnNumber } from "../kit/numbers";
import { ticks } from "../kit/ticks";
import {
  horizontalSpan,
  isFine,
  isWhole,
  MARKERS_BELOW,
  NUMBER_ROOM,
  positive,
  slotOf,
  verticalSpan,
  type Span,
} from "./axes";
import { eventAxis, eventShapes, eventTrace } from "./events";
import type { ChartLine, ChartMark } from "./payload";
import { plain } from "./plain";
import { drawnLines, eachName, EACH_OPACITY } from "./smooth";
import { CHART_WIDTH } from "./themed";

/** CSS pixels of the axes at the sides of a chart. */
const AXES = 90;

/** What the reader can change of a chart, and the colours of lines on this page. */
export interface Look {
  smoothing?: number;
  logX?: boolean;
  logY?: boolean;
  /** CSS pixels; default those of the static picture. */
  width?: number;
  /** Default those of a light page, and those of plotly's template where they are the same. */
  palette?: readonly string[];
  /** Whether the page is dark; default false. */
  dark?: boolean;
}

/** The chart as a plotly figure; zoom and hidden lines survive an update. */
export function plotlyFigure(chart: ChartMark, look: Look = chart): PlotlyFigure {
  const { title = "", subtitle = "", x, y, y2, categories, lines, height, range, range2, events = [] } = chart;
  const former = formerColours[look.dark ? "dark" : "light"];
  const drawn = drawnLines(chart, look.smoothing);
  const palette = look.palette ?? lineColours.light;
  // Where colours go in order, those of the page's theme do; a pair must share one.
  const inOrder =
    look.palette === undefined && drawn.every(({ colour, pale, grey }, i) => colour === i && !pale && !grey);
  const isHistogram = lines.some(({ kind }) => kind === "histogram");
  const hasBars = isHistogram || lines.some(({ kind }) => kind === "bar");
  const isAlone = drawn.filter(({ pale }) => pale).length === 1;
  const isNumbered = numbersFit(chart, look.width ?? CHART_WIDTH);
  const data = drawn.map((line) => ({
    ...traceOf(
      isNumbered ? line : { ...line, numbers: false },
      look,
      line.grey ? former : inOrder ? undefined : palette[line.colour % palette.length],
      isHistogram && lines.length > 1,
    ),
    ...(line.pale ? paleTrace(plain(eachName(chart)), isAlone) : {}),
    ...(line.grey ? { legendrank: 1002 } : {}),
  }));
  const left = lines.filter(({ right }) => !right);
  const head = plain(title) + (subtitle ? `<br><sub>${plain(subtitle)}</sub>` : "");
  const layout = {
    ...(head ? { title: { text: head } } : {}),
    xaxis: {
      title: { text: plain(x) },
      ...logarithmic(look.logX, horizontalSpan({ ...chart, logX: true })),
      ...(categories
        ? { tickmode: "array", tickvals: categories.map((_, place) => place), ticktext: categories.map(plain) }
        : {}),
      ...(isWhole({ ...chart, logX: look.logX }) ? wholeTicks(horizontalSpan(chart)) : {}),
    },
    yaxis: {
      title: { text: plain(y) },
      ...logarithmic(look.logY, verticalSpan(left, true)),
      ...(look.logY ? {} : endsOf(left, range)),
    },
    ...(y2 === undefined
      ? {}
      : {
          yaxis2: {
            ...{ title: { text: plain(y2) }, overlaying: "y", side: "right", showgrid: false, tickmode: "auto" },
            ...endsOf(
              lines.filter(({ right }) => right),
              range2,
            ),
          },
        }),
    ...(events.length > 0 ? { yaxis3: eventAxis, shapes: eventShapes(events, former) } : {}),
    ...(hasBars ? { barmode: isHistogram ? "overlay" : "group" } : {}),
    ...(height === undefined ? {} : { height }),
    showlegend: true,
    uirevision: "receptive",
  };
  return { data: events.length > 0 ? [...data, eventTrace(chart, events, former)] : data, layout };
}

/** @param own its colour, if that is not the one of its place */
function traceOf(line: ChartLine, { logX, logY }: Look, own: string | undefined, overlaid: boolean) {
  const { name, kind = "line", pale, right, texts, numbers, edges, colour, dash } = line;
  const paint = own === undefined ? undefined : { color: own };
  const dashed = dash ?? (colour >= lineColours.light.length ? "dash" : undefined);
  const place = {
    name: plain(name),
    legendgroup: plain(name),
    x: logX ? line.x.map(positive) : line.x,
    y: logY && !right ? line.y.map(positive) : line.y,
    ...(right ? { yaxis: "y2" } : {}),
    ...(texts ? { hovertext: texts.map(plain) } : {}),
  };
  if (kind === "bar" || kind === "histogram")
    return {
      type: "bar",
      ...place,
      ...(paint ? { marker: paint } : {}),
      ...(overlaid ? { opacity: 0.6 } : {}),
      ...(numbers
        ? {
            ...{ text: line.y.map(drawnNumber), textposition: "outside", textangle: -90 },
            // In the colour of the page's text, and never smaller than can be read.
            ...{ textfont: { size: 12 }, constraintext: "none", cliponaxis: false },
          }
        : {}),
      ...(edges
        ? {
            width: line.x.map((_, bin) => edges[bin + 1] - edges[bin]),
            hovertext: line.y.map((_, bin) => binWords(edges, bin)),
          }
        : {}),
    };
  return {
    type: "scatter",
    mode: kind === "scatter" ? "markers" : line.x.length < MARKERS_BELOW && !pale ? "lines+markers" : "lines",
    ...place,
    line: { ...paint, ...(dashed ? { dash: dashed } : {}), ...(pale ? { width: 1 } : {}) },
    ...(kind === "scatter" && paint ? { marker: paint } : {}),
    ...(pale ? { opacity: EACH_OPACITY, hoverinfo: "skip" } : {}),
  };
}

/** Whole numbers along a short axis; along a longer one plotly's own ticks are whole. */
const wholeTicks = ({ min, max }: Span): object => (max - min <= 14 ? { tick0: 0, dtick: 1 } : {});

/** The ends of a vertical axis that has some of its own, or numbers above its bars; its ticks end before those numbers. */
function endsOf(lines: readonly ChartLine[], range: ChartMark["range"]): object {
  const isNumbered = lines.some(({ numbers }) => numbers);
  if (!range && !isNumbered) return {};
  const { min, max } = verticalSpan(lines, false, range);
  return {
    range: [min, max],
    ...(range && isNumbered ? { tickmode: "array", tickvals: ticks(range[0], range[1], 5) } : {}),
  };
}

/** The points behind an average: one such line has a name of its own in the legend, of several each goes with its average. */
const paleTrace = (name: string, isAlone: boolean): object => ({
  name,
  ...(isAlone ? { legendgroup: name, legendrank: 1001 } : { showlegend: false }),
});

/** Whether upright numbers find room above the bars of a chart of this width. */
function numbersFit({ lines, categories }: ChartMark, width: number): boolean {
  const bars = lines.filter(({ kind }) => kind === "bar").length;
  const { min, max } = horizontalSpan({ mark: "chart", x: "", y: "", lines, ...(categories ? { categories } : {}) });
  return (0.8 * slotOf(lines) * (width - AXES)) / (max - min) / bars >= NUMBER_ROOM;
}

/** A logarithmic axis; zoomed into one kind of axis, a reader does not want the same numbers of the other. */
function logarithmic(log: boolean | undefined, span: Span): object {
  if (log === undefined) return {};
  if (!log) return { type: "linear", uirevision: "linear" };
  return { type: "log", uirevision: "log", dtick: isFine(span) ? "D2" : 1, tickformat: ",~g" };
}

/** A bin of a histogram: "from 0.5 to 1". */
export const binWords = (edges: readonly number[], bin: number): string =>
  `from ${drawnNumber(edges[bin])} to ${drawnNumber(edges[bin + 1])}`;
