import { PLOTLY_MIME, type PlotlyFigure } from "../../protocol";
import { isRecord } from "../kit/check";

/** The figure, or one line that says what is wrong with it. */
export function checkFigure(data: unknown): PlotlyFigure | string {
  if (!isRecord(data) || !Array.isArray(data.data)) {
    return `${PLOTLY_MIME}: this output has no list of traces in data. Run the cell again.`;
  }
  const config = isRecord(data.config) ? { config: data.config } : {};
  return {
    data: data.data as PlotlyFigure["data"],
    layout: isRecord(data.layout) ? data.layout : {},
    ...config,
  };
}
