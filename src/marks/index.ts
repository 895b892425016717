/**
 * What can be drawn. Views are made of marks; each mark is a folder here, painted as a static picture and drawn in a page from
 * the same payload. The extension imports the parts that it needs, so that it carries no painter.
 */
export type { ChartLine, ChartMark } from "./chart/payload";
export { plotlyFigure } from "./chart/figure";
export type { ColourScale, GridMark } from "./grid/payload";
export { columnsFor } from "./kit/layout";
export { formatNumber } from "./kit/numbers";
export { numbersBehind, packPlanes, type Planes } from "./kit/pack";
export { pictureBundle } from "./kit/picture";
export { alone, paintView, viewText } from "./paint";
export type { Mark, MarkName, Marks, View } from "./view";
