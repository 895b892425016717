/** Lines, points and bars over two axes, or three. Every field that is optional is absent in notebooks saved before it was. */
export interface ChartMark {
  mark: "chart";
  /** Of this chart, where its view has several marks. */
  title?: string;
  subtitle?: string;
  /** Names of the axes; may be empty. */
  x: string;
  y: string;
  /** Name of the axis at the right, to which some lines belong; may be empty. */
  y2?: string;
  /** Words along the horizontal axis in place of numbers: the x of a point is its place among them, from 0. */
  categories?: string[];
  /** Whether the axis is logarithmic at first; where it is given, the reader can change it. */
  logX?: boolean;
  logY?: boolean;
  /** Weight of the past in the moving average, 0 to below 1, at first; where it is given, the reader can change it. */
  smoothing?: number;
  /** Ends of the vertical axis, and of the one at the right, while they are linear; default what the numbers need. */
  range?: [min: number, max: number];
  range2?: [min: number, max: number];
  /** CSS pixels; default 380. */
  height?: number;
  /** In drawing order; those of a former run are drawn behind the others. */
  lines: ChartLine[];
  /** What was changed at places along x: thin vertical lines with their words. */
  events?: ChartEvent[];
}

export interface ChartEvent {
  x: number;
  text: string;
}

export type ChartKind = "line" | "scatter" | "bar" | "histogram";
export type Dash = "dash" | "dot";

export interface ChartLine {
  name: string;
  /** Default "line". */
  kind?: ChartKind;
  /** As many as y; null leaves a gap. Of a histogram the middles of its bins. */
  x: (number | null)[];
  y: (number | null)[];
  /** Position among the colours of lines; beyond the last they repeat, dashed. */
  colour: number;
  /** Whether it lies pale behind its moving average, which has its name and colour. */
  pale?: boolean;
  /** Whether it is of a former run: grey, behind the others, named last. */
  grey?: boolean;
  /** How many points the line has, if it was thinned. */
  points?: number;
  /** Default a solid line. */
  dash?: Dash;
  /** Whether it belongs to the axis at the right; default false. */
  right?: boolean;
  /** Whether the moving average leaves it as it is; default false. */
  raw?: boolean;
  /** Which of the gaps are infinities: the place of each, and its sign. Default none. */
  infinite?: [at: number, sign: 1 | -1][];
  /** A word for each point, such as its class, which it has when it is pointed at. */
  texts?: string[];
  /** Whether each bar has its number written on it; default false. */
  numbers?: boolean;
  /** Where the bins of a histogram begin and end: one more than there are bins, rising. */
  edges?: number[];
}
