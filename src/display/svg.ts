/** A line chart as SVG, for programs without plotly: nbconvert, GitHub, VS Code. */
import { drawnLines, type Chart, type DrawnLine } from "./chart";
import { lineColours } from "./colours";
import { tickLabel, ticks } from "./ticks";

const WIDTH = 680;
const HEIGHT = 380;
const FONT = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";
const [INK, MUTED, GRID] = ["#222", "#555", "#e3e3e3"];

interface Axis {
  ticks: number[];
  /** The pixel of a value, if the axis goes from pixel `from` to pixel `to`. */
  place(value: number): number;
}

/** The chart on white, 680x380. */
export function svgChart(chart: Chart): string {
  const lines = drawnLines(chart);
  const rise = span(
    lines.flatMap(({ y }) => y),
    0.04,
  );
  const widest = Math.max(...ticks(...rise, 5).map((tick) => tickLabel(tick).length));
  const left = 30 + 7.2 * widest + (chart.y ? 22 : 0);
  const right = WIDTH - 24;
  const names = legend(chart, left, right, chart.title ? 48 : 22);
  const top = names.bottom + 18;
  const bottom = HEIGHT - 56;
  const vertical = axis(rise, 5, bottom, top);
  const run = span(
    lines.flatMap(({ x }) => x),
    0,
  );
  const horizontal = axis(run, 7, left, right);
  const parts = [
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    chart.title && text(chart.title, left, 26, "start", `font-size="17" font-weight="600" fill="${INK}"`),
    ...vertical.ticks.flatMap((tick) => {
      const y = round(vertical.place(tick));
      return [stroke(left, y, right, y, GRID), text(tickLabel(tick), left - 8, y + 4.5, "end")];
    }),
    ...horizontal.ticks.flatMap((tick) => {
      const x = round(horizontal.place(tick));
      return [stroke(x, bottom, x, bottom + 5, MUTED), text(tickLabel(tick), x, bottom + 20, "middle")];
    }),
    stroke(left, bottom, right, bottom, MUTED),
    chart.x && text(chart.x, (left + right) / 2, HEIGHT - 12, "middle"),
    chart.y && text(chart.y, 0, 0, "middle", `transform="translate(18 ${(top + bottom) / 2}) rotate(-90)"`),
    ...lines.map((line) => polyline(line, horizontal, vertical)),
    ...names.parts,
    chart.lines.length === 0 && text("no points yet", (left + right) / 2, (top + bottom) / 2, "middle"),
  ];
  const name = escape([chart.title || "Chart", ...chart.lines.map((line) => line.name)].join(", "));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" ` +
    `role="img" aria-label="${name}" font-family="${FONT}" font-size="13" fill="${MUTED}">` +
    `${parts.filter(Boolean).join("")}</svg>`
  );
}

/** Smallest and largest finite value, with a margin around them as a share of their distance. */
function span(values: readonly number[], margin: number): [min: number, max: number] {
  let [min, max] = [Infinity, -Infinity];
  for (const value of values) if (Number.isFinite(value)) [min, max] = [Math.min(min, value), Math.max(max, value)];
  if (min > max) return [0, 1];
  const pad = max > min ? (max - min) * margin : Math.abs(min) * 0.5 || 1;
  return [min - pad, max + pad];
}

function axis([min, max]: readonly [number, number], wanted: number, from: number, to: number): Axis {
  return { ticks: ticks(min, max, wanted), place: (v) => from + ((v - min) / (max - min)) * (to - from) };
}

function polyline({ x, y, colour, pale }: DrawnLine, horizontal: Axis, vertical: Axis): string {
  const stretches: string[][] = [[]];
  x.forEach((value, i) => {
    if (!Number.isFinite(value) || !Number.isFinite(y[i])) stretches.push([]);
    else stretches[stretches.length - 1].push(`${round(horizontal.place(value))} ${round(vertical.place(y[i]))}`);
  });
  const path = stretches.filter((points) => points.length > 0).map((points) => `M${points.join("L")}`);
  const paint = lineColours[colour % lineColours.length];
  const look = pale ? `stroke-width="1.2" opacity="0.3"` : `stroke-width="2"`;
  const line = `<path d="${path.join("")}" fill="none" stroke="${paint}" ${look}${dashes(colour)} stroke-linejoin="round"/>`;
  const dots = stretches.flat().map((point) => {
    const [cx, cy] = point.split(" ");
    return `<circle cx="${cx}" cy="${cy}" r="3" fill="${paint}"/>`;
  });
  return !pale && dots.length < 30 ? line + dots.join("") : line;
}

/** Lines beyond the last colour repeat the colours with dashes. */
const dashes = (line: number): string => (line >= lineColours.length ? ` stroke-dasharray="5 3"` : "");

interface Legend {
  parts: string[];
  /** Baseline of its last row. */
  bottom: number;
}

/** Names beside short lines, from left to right above the chart, in as many rows as they need. */
function legend({ lines }: Chart, left: number, right: number, top: number): Legend {
  let [x, y] = [left, top];
  const parts = lines.flatMap(({ name }, i) => {
    const width = 22 + 8.2 * name.length;
    if (x > left && x + width > right) [x, y] = [left, y + 20];
    const start = x;
    x += width + 20;
    return [
      `<line x1="${round(start)}" y1="${y - 4.5}" x2="${round(start + 16)}" y2="${y - 4.5}" ` +
        `stroke="${lineColours[i % lineColours.length]}" stroke-width="3"${dashes(i)}/>`,
      text(name, start + 22, y, "start", `fill="${INK}"`),
    ];
  });
  return { parts, bottom: y };
}

const stroke = (x1: number, y1: number, x2: number, y2: number, colour: string): string =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}"/>`;

const text = (words: string, x: number, y: number, anchor: string, more = ""): string =>
  `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}"${more && ` ${more}`}>${escape(words)}</text>`;

const round = (value: number): number => Math.round(value * 10) / 10;

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (words: string): string => words.replace(/[&<>"]/g, (character) => escapes[character]);
