import { formatNumber } from "../kit/numbers";
import type { ChartMark } from "./payload";

/** The chart as lines of plain text. */
export function chartText({ title, subtitle, lines }: ChartMark): string[] {
  const points = lines
    // A line that lies pale behind its average has the points; otherwise the line itself.
    .filter((line) => line.pale || !lines.some((other) => other.pale && other.name === line.name))
    .map(({ name, y, points: count = y.length }) => {
      const [first, last] = [y[0], y[y.length - 1]].map((value) => formatNumber(value));
      return `${name}: ${count} point${count === 1 ? "" : "s"}, first ${first}, last ${last}`;
    });
  return [title || "Curve", subtitle ?? "", ...(points.length > 0 ? points : ["no points yet"])].filter(Boolean);
}
