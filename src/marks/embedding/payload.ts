import type { PackedPixels } from "../kit/pixels";
import type { Colours } from "../kit/tilePicture";

/** Points in a plane: what lies near each other is alike. Both axes have one scale. */
export interface EmbeddingMark {
  mark: "embedding";
  /** Of this map, where its view has several marks. */
  title?: string;
  subtitle?: string;
  /** Names of the axes; may be empty. */
  x: string;
  y: string;
  /** base64 of float32, lowest byte first: x and y of each point, point after point. */
  points: string;
  /** The class of each point, by its number. */
  labels: number[];
  /** Names of the classes. */
  classes: string[];
  /** The number of each point in the data; default its place here. */
  numbers?: number[];
  /** How many points the data has, if some were left out. */
  of?: number;
  /** An image for each point, or for the first ones, and what its bytes are. */
  images?: { colours: Colours; pixels: PackedPixels[] };
}
