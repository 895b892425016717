import type { ChartMark } from "../../../marks";
import { binned, binRange } from "../../bins";

const [FEWEST, MOST] = [5, 40];

/** How many numbers lie in each of 5 to 40 bins (the root of their count) from the smallest to the largest; none if all are one. */
export function histogramMark(values: ArrayLike<number>): ChartMark[] {
  const bins = Math.min(MOST, Math.max(FEWEST, Math.ceil(Math.sqrt(values.length))));
  const { edges, counts } = binned(values, bins, binRange([values]));
  if (counts.filter((count) => count > 0).length < 2) return [];
  const x = counts.map((_, i) => (edges[i] + edges[i + 1]) / 2);
  return [
    {
      ...{ mark: "chart", title: "Histogram", x: "value", y: "numbers" },
      lines: [{ name: "numbers", kind: "histogram", x, y: counts, edges, colour: 0 }],
    },
  ];
}
