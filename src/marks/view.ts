/** What a notebook shows: a view, made of marks. Plain JSON, so that a saved notebook draws without a kernel. */
import type { ChartMark } from "./chart/payload";
import type { GridMark } from "./grid/payload";

/** What can be drawn: a name of a mark to its payload. Each is a folder here, drawn in a page and as a static picture. */
export interface Marks {
  grid: GridMark;
  chart: ChartMark;
}
export type MarkName = keyof Marks;
export type Mark = Marks[MarkName];

/** The payload of our MIME type. */
export interface View {
  version: 2;
  /** May be empty. */
  title: string;
  /** One line below the title: shape, device, dtype. */
  subtitle?: string;
  /** One or more, below each other. */
  marks: Mark[];
  /** The id under which the kernel answers questions about this view; absent if it need not be asked. */
  inspect?: string;
}
