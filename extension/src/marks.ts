/** How each mark is drawn; its code comes with the first output that has one. */
import type { PlotlyFigure } from "../../src/protocol";
import type { Drawing } from "../../src/marks/kit/drawing.page";
import type { Marks } from "../../src/marks/view";

/** Loads what draws a payload. */
export type LoadDrawing<Payload> = () => Promise<new () => Drawing<Payload>>;

export const drawings: { readonly [Name in keyof Marks]: LoadDrawing<Marks[Name]> } = {
  grid: async () => (await import("../../src/marks/grid/draw.page")).GridDrawing,
  chart: async () => (await import("../../src/marks/chart/draw.page")).ChartDrawing,
};

/** plotly's own figures, of whichever program. */
export const figureDrawing: LoadDrawing<PlotlyFigure> = async () =>
  (await import("../../src/marks/chart/draw.page")).FigureDrawing;
