import type { GridMark } from "../grid/payload";

/** What one number of a network sees: boxes on its input, layer by layer. */
export interface FieldMark {
  mark: "field";
  /** Of this mark, where its view has several. */
  title?: string;
  subtitle?: string;
  /** Pictures of one size, of one tile each, on all of which the boxes are drawn: the input, and how much each pixel of it counts. */
  panels: FieldPanel[];
  /** Rows and columns of the input, which may have been made smaller to be shown. */
  size: [height: number, width: number];
  /** In the order in which the layers run; the last one is of the number itself. */
  steps: FieldStep[];
}

export interface FieldPanel {
  /** Above the picture. */
  name: string;
  grid: GridMark;
}

export interface FieldStep {
  /** "conv1" */
  layer: string;
  /** In pixels of the input; what lies outside of it is padding. */
  top: number;
  left: number;
  height: number;
  width: number;
  /** The layer's number whose box it is: [row, column], or none where it has no place. */
  unit: [row: number, column: number] | null;
}
