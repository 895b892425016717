import type { PackedPixels } from "../kit/pixels";

/** How numbers become colours. `diverging` has its middle fixed at zero; `rgb` shows three channels as they are. */
export type ColourScale = "sequential" | "diverging" | "rgb";

/** Exact statistics of numbers before they became bytes; null stands for NaN. */
export interface GridStatistics {
  min: number | null;
  max: number | null;
  mean: number | null;
}

/** Tiles side by side: a map, a filter or an image each. */
export interface GridMark {
  mark: "grid";
  /** Of this grid, where its view has several marks. */
  title?: string;
  subtitle?: string;
  scale: ColourScale;
  /** Colours of a sequential scale: grey pictures stay grey. Default "viridis". */
  palette?: "viridis" | "grey";
  /** Whether each tile has a scale of its own, the range of its plane, instead of one for all; default false. */
  ownScales?: boolean;
  /** What one tile is, in the singular: "channel", "filter", "image". */
  tile: string;
  /** How many tiles a row; fewer on a narrow page. */
  columns: number;
  /** A word below each tile: "3", "f0 c1", "cat"; or none at all. */
  labels: string[];
  /** Whether several tiles may have one label, as images of a class have: then a tile is named by its place too. Default false. */
  repeats?: boolean;
  /** The layer whose units the tiles are; absent if they are none. */
  layer?: TileLayer;
  /** What each tile is in words: "item 499, class 1", where its label is short for it; default: made of `tile` and the label. */
  names?: string[];
  pixels: PackedPixels;
  /** Of all numbers; of a grid with frames: of the frame that is shown first. */
  statistics: GridStatistics;
  /** Absent if all tiles are shown at once. */
  frames?: Frames;
  /** Absent if nothing lies over the tiles. */
  over?: Overlay;
  /** Grids of one view with the same link show the same pixel together. */
  link?: string;
}

/** A layer of which a unit is a tile, or several side by side. */
export interface TileLayer {
  /** Its path, "conv1"; where none is known, what the view calls it. */
  name: string;
  /** Units that it has, which may be more than have tiles. */
  units: number;
  /** Tiles of each unit, as a filter has one for each input channel; default 1. */
  tiles?: number;
}

/** The tiles are those of several images, of which one is shown at a time: as many planes and labels a frame as there are. */
export interface Frames {
  /** What one frame is, in the singular: "image". Grids of one view that have frames of one name change them together. */
  name: string;
  /** A word a frame: "0", "cat". */
  labels: string[];
  /** The place of the frame that is shown first. */
  shown: number;
  /** Of the numbers of each frame. */
  statistics: GridStatistics[];
  /** How many there were, if not all of them are carried. */
  of?: number;
}

/** A second layer over the tiles, such as a heat map over images. */
export interface Overlay {
  /** What its numbers are: "saliency". */
  name: string;
  scale: "sequential" | "diverging";
  /** Whether it has over each tile a scale of its own, the range of its plane, instead of one for all; default false. */
  ownScales?: boolean;
  /** One plane a tile, of any size: it is stretched over the tile, bilinearly. */
  pixels: PackedPixels;
  /** How much of a colour is the layer's, 0 to 1, until the reader says otherwise. */
  opacity: number;
  statistics: GridStatistics;
}
