/** What was changed at places along a chart: thin vertical lines, in the picture with their words, in a page with words at the pointer. */
import { drawnNumber } from "../kit/numbers";
import { MUTED, round, svgText } from "../kit/svg";
import { cutText } from "../kit/textWidth";
import { escaped } from "../../text/html";
import type { Axis } from "./axes";
import { plain } from "./plain";
import type { ChartEvent, ChartMark } from "./payload";

/** CSS pixels: of the words along a line, and between two lines of which both have words. */
const [LETTERS, APART] = [11, 13];
/** What a screen reader calls them. */
const NAME = "changes";

/** "step 120: learning rate 0.1 → 0.01". */
export const eventWords = ({ x: axis }: Pick<ChartMark, "x">, { x, text }: ChartEvent): string =>
  `${axis || "x"} ${drawnNumber(x)}: ${text}`;

/** The lines as SVG, with words upwards beside those that are far enough from the next one. */
export function eventLines(
  events: readonly ChartEvent[],
  axis: Axis,
  left: number,
  right: number,
  top: number,
  bottom: number,
) {
  const placed = events
    .map((event) => ({ ...event, at: round(axis.place(event.x)) }))
    // A logarithmic axis has no place for 0.
    .filter(({ at }) => at >= left && at <= right);
  return placed.map(({ at, text }, i) => {
    const line =
      `<line x1="${at}" y1="${top}" x2="${at}" y2="${bottom}" stroke="${MUTED}" stroke-dasharray="2 3">` +
      `<title>${escaped(text)}</title></line>`;
    const next = placed[i + 1]?.at ?? right;
    if (next - at < APART) return line;
    const words = cutText(text, bottom - top - 8, LETTERS);
    const place = `transform="translate(${round(at + 10)} ${round(top + 4)}) rotate(-90)" font-size="${LETTERS}"`;
    return line + svgText(words, 0, 0, "end", place);
  });
}

/** The lines in plotly's layout, over the whole height whatever the vertical axes show. */
export const eventShapes = (events: readonly ChartEvent[], colour: string): object[] =>
  events.map(({ x }) => ({
    ...{ type: "line", layer: "below", xref: "x", x0: x, x1: x, yref: "paper", y0: 0, y1: 1 },
    line: { color: colour, width: 1, dash: "dot" },
  }));

/** Points at the upper ends of the lines, where a pointer and keys find their words; on an axis of their own. */
export const eventTrace = (
  chart: ChartMark,
  events: readonly ChartEvent[],
  colour: string,
): Record<string, unknown> => ({
  ...{ type: "scatter", mode: "markers", name: NAME, showlegend: false, yaxis: "y3" },
  x: events.map(({ x }) => x),
  y: events.map(() => 1),
  hovertext: events.map((event) => plain(eventWords(chart, event))),
  hoverinfo: "text",
  marker: { symbol: "triangle-down", size: 9, color: colour },
  cliponaxis: false,
});

/** The axis on which the points of {@link eventTrace} stand: it is not seen, and cannot be moved. */
export const eventAxis = {
  ...{ overlaying: "y", range: [0, 1], fixedrange: true, visible: false },
};
