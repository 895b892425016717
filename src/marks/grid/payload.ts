import type { PackedPixels } from "../kit/pixels";

/** How numbers become colours. `diverging` has its middle fixed at zero; `rgb` shows three channels as they are. */
export type ColourScale = "sequential" | "diverging" | "rgb";

/** Tiles side by side: a map, a filter or an image each. */
export interface GridMark {
  mark: "grid";
  /** Of this grid, where its view has several marks. */
  title?: string;
  subtitle?: string;
  scale: ColourScale;
  /** Colours of a sequential scale: grey pictures stay grey. Default "viridis". */
  palette?: "viridis" | "grey";
  /** What one tile is, in the singular: "channel", "filter", "image". */
  tile: string;
  /** How many tiles a row; fewer on a narrow page. */
  columns: number;
  /** A word below each tile: "3", "f0 c1", "cat"; or none at all. */
  labels: string[];
  /** Whether several tiles may have one label, as images of a class have: then a tile is named by its place too. Default false. */
  repeats?: boolean;
  pixels: PackedPixels;
  /** Exact statistics of the numbers before they became bytes; null stands for NaN. */
  statistics: { min: number | null; max: number | null; mean: number | null };
}
