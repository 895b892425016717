/** The payload of our MIME type. */
/** How numbers become colours. `diverging` has its middle fixed at zero; `rgb` shows three channels as they are. */
export type ColourScale = "sequential" | "diverging" | "rgb";

/**
 * Pixels in one byte each: `value = min + byte * (max - min) / 255`, row by row, planes one after another.
 * At most 64 KiB of bytes a view, so that a notebook stays small; a larger tensor is down-sampled and says so.
 */
export interface PackedPixels {
  /** Planes, rows, columns. A tile of an `rgb` view takes three planes, any other takes one. */
  planes: number;
  height: number;
  width: number;
  /** base64 of planes * height * width bytes. */
  bytes: string;
  /** The values of byte 0 and byte 255, one pair a plane or one for all. */
  ranges: [min: number, max: number][];
  /** Present if the pixels were made smaller to fit: the size before. */
  reducedFrom?: { planes: number; height: number; width: number };
}

/** What all grids have in common; one tile per map, filter or image. */
export interface GridView {
  version: 1;
  title: string;
  /** One line below the title: shape, device, dtype. */
  subtitle?: string;
  scale: ColourScale;
  /** How many tiles a row; the renderer may use fewer on a narrow page. */
  columns: number;
  /** A word below each tile: "channel 3", "cat". */
  labels: string[];
  pixels: PackedPixels;
  /** Exact statistics of the numbers before they became bytes. */
  statistics: { min: number; max: number; mean: number };
}
/** Activations of one image: a tile per channel. */
export interface FeatureMapsView extends GridView {
  view: "featureMaps";
}
/** Weights of a convolution: a tile per filter (three input channels as colour) or per filter and input channel. */
export interface FiltersView extends GridView {
  view: "filters";
}
/** Images of a batch with their labels. */
export interface ImagesView extends GridView {
  view: "images";
}
/** The payload of `RECEPTIVE_MIME`. */
export type View = FeatureMapsView | FiltersView | ImagesView;
