/** Histograms of numbers, a row a layer, over the steps of a run. */
export interface HistogramsMark {
  mark: "histograms";
  /** Of these histograms, where their view has several marks. */
  title?: string;
  subtitle?: string;
  /** What is counted, a column each: "weights", "gradients". */
  columns: string[];
  /** Names of the layers. */
  rows: string[];
  /** From the first to the newest, of which the static picture shows the newest. */
  steps: HistogramsStep[];
}

export interface HistogramsStep {
  /** "step 120"; may be empty. */
  name: string;
  /** Row by row, a cell a column; null where a layer has none. */
  cells: (HistogramCell | null)[];
}

export interface HistogramCell {
  /** Where the first bin begins and the last one ends. */
  range: [min: number, max: number];
  /** Finite numbers in each bin; bins are of one width. */
  counts: number[];
  /** Of the finite numbers; null if there are none. */
  mean: number | null;
  std: number | null;
  /** How many numbers are NaN or infinite; they lie in no bin. */
  unusual: number;
  /** How many numbers are zero. */
  zeros: number;
}
