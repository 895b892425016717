/** A line chart as SVG, for programs without plotly: nbconvert, GitHub, VS Code. */
import { lineColours } from "../kit/colours";
import { FAINT, INK, MUTED, round, stroke, svgPicture, svgText, type Svg } from "../kit/svg";
import { tickLabel, ticks } from "../kit/ticks";
import { MARKERS_BELOW } from "./figure";
import type { ChartLine, ChartMark } from "./payload";

const WIDTH = 680;
const HEIGHT = 380;
const COLOURS = lineColours.light;

interface Axis {
  ticks: number[];
  /** The pixel of a value, if the axis goes from pixel `from` to pixel `to`. */
  place(value: number): number;
}

/** The chart on white, 680x380. */
export function paintChart(chart: ChartMark): Svg {
  const { title = "", subtitle = "", lines } = chart;
  const values = (axis: "x" | "y"): number[] => lines.flatMap((line) => line[axis]).filter(isFinite);
  const rise = span(values("y"), 0.04);
  const widest = Math.max(...ticks(...rise, 5).map((tick) => tickLabel(tick).length));
  const left = 30 + 7.2 * widest + (chart.y ? 22 : 0);
  const right = WIDTH - 24;
  const names = legend(lines, left, right, 22 + (title ? 26 : 0) + (subtitle ? 18 : 0));
  const top = names.bottom + 18;
  const bottom = HEIGHT - 56;
  const vertical = axis(rise, 5, bottom, top);
  const horizontal = axis(span(values("x"), 0), 7, left, right);
  const parts = [
    title && svgText(title, left, 26, "start", `font-size="17" font-weight="600" fill="${INK}"`),
    subtitle && svgText(subtitle, left, title ? 44 : 22, "start"),
    ...vertical.ticks.flatMap((tick) => {
      const y = round(vertical.place(tick));
      return [stroke(left, y, right, y, FAINT), svgText(tickLabel(tick), left - 8, y + 4.5, "end")];
    }),
    ...horizontal.ticks.flatMap((tick) => {
      const x = round(horizontal.place(tick));
      return [stroke(x, bottom, x, bottom + 5, MUTED), svgText(tickLabel(tick), x, bottom + 20, "middle")];
    }),
    stroke(left, bottom, right, bottom, MUTED),
    chart.x && svgText(chart.x, (left + right) / 2, HEIGHT - 12, "middle"),
    chart.y && svgText(chart.y, 0, 0, "middle", `transform="translate(18 ${(top + bottom) / 2}) rotate(-90)"`),
    ...lines.map((line) => polyline(line, horizontal, vertical)),
    ...names.parts,
    lines.length === 0 ? svgText("no points yet", (left + right) / 2, (top + bottom) / 2, "middle") : "",
  ];
  const name = [title || "Chart", ...named(lines).map((line) => line.name)].join(", ");
  return svgPicture(WIDTH, HEIGHT, name, parts);
}

const isFinite = (value: number | null): value is number => value !== null;

/** The lines that a legend names: not those that lie pale behind another. */
const named = (lines: readonly ChartLine[]): ChartLine[] => lines.filter(({ pale }) => !pale);

/** Smallest and largest finite value, with a margin around them as a share of their distance. */
function span(values: readonly number[], margin: number): [min: number, max: number] {
  let [min, max] = [Infinity, -Infinity];
  for (const value of values) [min, max] = [Math.min(min, value), Math.max(max, value)];
  if (min > max) return [0, 1];
  const pad = max > min ? (max - min) * margin : Math.abs(min) * 0.5 || 1;
  return [min - pad, max + pad];
}

function axis([min, max]: readonly [number, number], wanted: number, from: number, to: number): Axis {
  return { ticks: ticks(min, max, wanted), place: (v) => from + ((v - min) / (max - min)) * (to - from) };
}

function polyline({ x, y, colour, pale }: ChartLine, horizontal: Axis, vertical: Axis): string {
  const stretches: string[][] = [[]];
  x.forEach((value, i) => {
    const height = y[i];
    if (value === null || height === null) stretches.push([]);
    else stretches[stretches.length - 1].push(`${round(horizontal.place(value))} ${round(vertical.place(height))}`);
  });
  const path = stretches.filter((points) => points.length > 0).map((points) => `M${points.join("L")}`);
  const paint = COLOURS[colour % COLOURS.length];
  const look = pale ? `stroke-width="1.2" opacity="0.3"` : `stroke-width="2"`;
  const line = `<path d="${path.join("")}" fill="none" stroke="${paint}" ${look}${dashes(colour)} stroke-linejoin="round"/>`;
  const dots = stretches.flat().map((point) => {
    const [cx, cy] = point.split(" ");
    return `<circle cx="${cx}" cy="${cy}" r="3" fill="${paint}"/>`;
  });
  return !pale && x.length < MARKERS_BELOW ? line + dots.join("") : line;
}

/** Lines beyond the last colour repeat the colours with dashes. */
const dashes = (line: number): string => (line >= COLOURS.length ? ` stroke-dasharray="5 3"` : "");

interface Legend {
  parts: string[];
  /** Baseline of its last row. */
  bottom: number;
}

/** Names beside short lines, from left to right above the chart, in as many rows as they need. */
function legend(lines: readonly ChartLine[], left: number, right: number, top: number): Legend {
  let [x, y] = [left, top];
  const parts = named(lines).flatMap(({ name, colour }) => {
    const width = 22 + 8.2 * name.length;
    if (x > left && x + width > right) [x, y] = [left, y + 20];
    const start = x;
    x += width + 20;
    return [
      `<line x1="${round(start)}" y1="${y - 4.5}" x2="${round(start + 16)}" y2="${y - 4.5}" ` +
        `stroke="${COLOURS[colour % COLOURS.length]}" stroke-width="3"${dashes(colour)}/>`,
      svgText(name, start + 22, y, "start", `fill="${INK}"`),
    ];
  });
  return { parts, bottom: y };
}
