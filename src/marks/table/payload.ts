/** A cell: words or a number; null is NaN, and "" is empty. */
export type Cell = string | number | boolean | null;

export interface TableColumn {
  name: string;
  /** Whether it holds numbers, which stand at the right and sort by their size. */
  numeric: boolean;
}

/** Rows below a head. */
export interface TableMark {
  mark: "table";
  /** Of this table, where its view has several marks. */
  title?: string;
  subtitle?: string;
  columns: TableColumn[];
  /** As many cells a row as columns. */
  rows: Cell[][];
  /** Significant digits of numbers that are not whole. */
  digits: number;
  /** How many rows were left out behind these. */
  left: number;
  /** Sentences below the table. */
  notes?: string[];
}
