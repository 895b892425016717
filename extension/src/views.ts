/** The list of views: one row per kind. A new kind of grid is a type in protocol/view.ts and a row here. */
import type { View } from "../../src/protocol";
import type { PaletteName } from "./renderers/colours";

export interface ViewKind {
  /** What one tile is, for tiles without a label and for screen readers. */
  tile: string;
  plural: string;
  /** Palette for the sequential scale: grey pictures stay grey. */
  sequential: PaletteName;
}

export const views: Record<View["view"], ViewKind> = {
  featureMaps: { tile: "channel", plural: "channels", sequential: "viridis" },
  filters: { tile: "filter", plural: "filters", sequential: "viridis" },
  images: { tile: "image", plural: "images", sequential: "grey" },
};
