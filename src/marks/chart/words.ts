import { columns } from "../../text/columns";
import { drawnNumber, formatNumber } from "../kit/numbers";
import { positive } from "./axes";
import { eventWords } from "./events";
import { binWords, type Look } from "./figure";
import type { ChartLine, ChartMark } from "./payload";

/** Lines of bars over as many words as this are told as a table; so many changes are told. */
const MOST_ROWS = 100;

/** What a logarithmic axis cannot show: "3 points at or below 0 are left out". Empty if it shows all. */
export function leftOut({ lines }: ChartMark, { logX, logY }: Look = {}): string {
  const isLost = (value: number | null): boolean => value !== null && positive(value) === null;
  const lost = lines
    .filter(({ pale }) => !pale)
    .reduce(
      (sum, { x, y, right }) =>
        sum + y.filter((value, i) => (logX && isLost(x[i])) || (logY && !right && isLost(value))).length,
      0,
    );
  return lost === 0 ? "" : `${lost} point${lost === 1 ? "" : "s"} at or below 0 left out of the logarithmic axis`;
}

/** The chart as lines of plain text. */
export function chartText(chart: ChartMark): string[] {
  const { title, subtitle, lines, categories, events = [] } = chart;
  const points = lines
    // A line that lies pale behind its average has the points; otherwise the line itself.
    .filter((line) => line.pale || !lines.some((other) => other.pale && other.name === line.name))
    .map(lineWords);
  const told = categories && categories.length <= MOST_ROWS ? tableOf(categories, lines) : points;
  const usual = lines.some(({ kind = "line" }) => kind !== "line") ? "Chart" : "Curve";
  const changes = events.slice(0, MOST_ROWS).map((event) => eventWords(chart, event));
  const lacking = events.length > MOST_ROWS ? [`and ${events.length - MOST_ROWS} more changes`] : [];
  const words = [...(told.length > 0 ? told : ["no points yet"]), ...changes, ...lacking];
  return [title || usual, subtitle ?? "", ...words].filter(Boolean);
}

/** The number of a point: a gap may be an infinity. */
const valueAt = ({ y, infinite }: Pick<ChartLine, "y" | "infinite">, i: number): number | null => {
  const found = infinite?.find(([at]) => at === i);
  return found ? found[1] * Infinity : y[i];
};

function lineWords({ name, kind = "line", x, y, points: count = y.length, edges, infinite }: ChartLine): string {
  const named = name ? `${name}: ` : "";
  if (kind === "histogram" && edges) {
    const sum = y.reduce<number>((sum, bar) => sum + (bar ?? 0), 0);
    return `${named}${formatNumber(sum, 9)} in ${y.length} bins ${binWords([edges[0], edges[edges.length - 1]], 0)}`;
  }
  const points = `${count} point${count === 1 ? "" : "s"}`;
  if (kind === "scatter") return `${named}${points}, x ${rangeWords(x)}, y ${rangeWords(y)}`;
  const [first, last] = [0, y.length - 1].map((i) => formatNumber(valueAt({ y, infinite }, i)));
  return y.length === 0 ? `${named}${points}` : `${named}${points}, first ${first}, last ${last}`;
}

function rangeWords(values: readonly (number | null)[]): string {
  const some = values.filter((value) => value !== null);
  if (some.length === 0) return "NaN";
  const [min, max] = some.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
  return `${formatNumber(min)} to ${formatNumber(max)}`;
}

/** A row a word, a column a line. */
function tableOf(categories: readonly string[], lines: readonly ChartLine[]): string[] {
  const rows = categories.map((word, place) => [
    word,
    ...lines.map(({ x, y, infinite }) => {
      const at = x.indexOf(place);
      return at < 0 ? "" : formatNumber(valueAt({ y, infinite }, at));
    }),
  ]);
  const right = new Set(lines.map((_, i) => i + 1));
  return columns([["", ...lines.map(({ name }) => name)], ...rows], right);
}

/** A point in words: "training, step 120: 0.52", "cat, precision: 0.9", "from 0 to 0.5: 12". */
export function pointWords(chart: ChartMark, line: ChartLine, i: number): string {
  const x = line.x[i];
  const value = drawnNumber(valueAt(line, i));
  const where = line.edges
    ? binWords(line.edges, i)
    : chart.categories && x !== null
      ? chart.categories[x]
      : `${chart.x || "x"} ${drawnNumber(x)}`;
  const text = line.texts?.[i];
  return `${[line.name, where].filter(Boolean).join(", ")}: ${value}${text ? `, ${text}` : ""}`;
}
