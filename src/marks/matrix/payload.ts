import type { PackedPixels } from "../kit/pixels";

/** How often each class was taken for each: a confusion matrix. */
export interface MatrixMark {
  mark: "matrix";
  /** Of this matrix, where its view has several marks. */
  title?: string;
  subtitle?: string;
  /** What was counted, in the singular: "image". */
  noun: string;
  /** Names of the classes, in the order of rows and columns: 1 to 100. */
  classes: string[];
  /** Row by row: of the true class (row) how many were taken for each class (column). */
  counts: number[];
  /** Images of some cells. */
  images?: MatrixImages;
}

export interface MatrixImages {
  scale: "rgb" | "sequential";
  /** A tile an image. */
  pixels: PackedPixels;
  /** The cell of each tile: row * classes + column. */
  cells: number[];
  /** The place of each tile's image in the data, from 0. */
  places: number[];
}
