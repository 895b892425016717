/** Lines over two axes. */
export interface ChartMark {
  mark: "chart";
  /** Of this chart, where its view has several marks. */
  title?: string;
  subtitle?: string;
  /** Names of the axes; may be empty. */
  x: string;
  y: string;
  /** In drawing order. */
  lines: ChartLine[];
}

export interface ChartLine {
  name: string;
  /** As many as y; null leaves a gap. */
  x: (number | null)[];
  y: (number | null)[];
  /** Position among the colours of lines; beyond the last they repeat, dashed. */
  colour: number;
  /** Whether it lies pale behind its moving average, which has its name and colour. */
  pale?: boolean;
  /** How many points the line has, if it was thinned. */
  points?: number;
}
