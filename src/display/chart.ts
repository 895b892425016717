/** What a line chart shows, whichever way it is drawn. */
import { sample, smooth, thin, type Line } from "./series";

export interface Chart {
  title: string;
  /** Names of the axes. */
  x: string;
  y: string;
  /** Weight of the past in the moving average that is drawn over the points; 0 for none. */
  smooth: number;
  lines: readonly Line[];
}

/** A line as it is drawn: pale behind its moving average, or alone. */
export interface DrawnLine extends Line {
  /** Position of its colour. */
  colour: number;
  pale: boolean;
}

/** The lines of a chart, thinned, in drawing order. */
export function drawnLines(chart: Chart): DrawnLine[] {
  return chart.lines.flatMap((line, colour) => {
    const points = { ...thin(line), colour, pale: chart.smooth > 0 };
    if (chart.smooth === 0) return [points];
    return [points, { ...sample(smooth(line, chart.smooth)), colour, pale: false }];
  });
}
