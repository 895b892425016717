import { floatsFromBase64 } from "../kit/base64";
import { tilesOf, type Tile } from "../kit/tilePicture";
import type { EmbeddingMark } from "./payload";

/** An embedding with its numbers unpacked. */
export interface Embedding {
  mark: EmbeddingMark;
  count: number;
  /** x and y of each point, one after another. */
  points: Float32Array;
  /** Of the points that have one. */
  images: readonly Tile[];
  extent: Extent;
}

/** Smallest and largest x and y. */
export interface Extent {
  x: [number, number];
  y: [number, number];
}

/** An embedding whose payload passed the check. */
export function readEmbedding(mark: EmbeddingMark): Embedding {
  const points = floatsFromBase64(mark.points);
  const images = mark.images ? tilesOf(mark.images.pixels, mark.images.colours) : [];
  return { mark, count: mark.labels.length, points, images, extent: { x: range(points, 0), y: range(points, 1) } };
}

function range(points: Float32Array, first: 0 | 1): [number, number] {
  let [min, max] = [Infinity, -Infinity];
  for (let i = first; i < points.length; i += 2) [min, max] = [Math.min(min, points[i]), Math.max(max, points[i])];
  return [min, max];
}
