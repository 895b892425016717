/** The images of a cell as a grid. */
import { fromBase64, toBase64 } from "../kit/base64";
import { rangeOf } from "../kit/pixels";
import type { GridMark } from "../grid/payload";
import type { MatrixMark } from "./payload";
import type { Cell } from "./words";

/** Tiles a row. */
const ROW = 6;

/** The images that are carried of a cell; undefined if there are none. */
export function cellGrid(mark: MatrixMark, cell: Cell): GridMark | undefined {
  const { images, classes, noun } = mark;
  if (!images) return undefined;
  const { scale, pixels, cells, places } = images;
  const at = cell.row * classes.length + cell.column;
  const tiles = cells.flatMap((each, tile) => (each === at ? [tile] : []));
  if (tiles.length === 0) return undefined;
  const channels = scale === "rgb" ? 3 : 1;
  const size = channels * pixels.height * pixels.width;
  const all = fromBase64(pixels.bytes);
  const bytes = new Uint8Array(tiles.length * size);
  tiles.forEach((tile, i) => bytes.set(all.subarray(tile * size, (tile + 1) * size), i * size));
  const planes = tiles.flatMap((tile) => Array.from({ length: channels }, (_, c) => tile * channels + c));
  const ranges = pixels.ranges.length === 1 ? pixels.ranges : planes.map((plane) => pixels.ranges[plane]);
  const { height, width } = pixels;
  const packed = { planes: planes.length, height, width, bytes: toBase64(bytes), ranges };
  return {
    mark: "grid",
    scale,
    palette: "grey",
    tile: noun,
    columns: Math.min(tiles.length, ROW),
    labels: tiles.map((tile) => `${places[tile]}`),
    pixels: packed,
    statistics: statisticsOf(bytes, ranges, height * width),
  };
}

/** Of the numbers that the bytes stand for. */
function statisticsOf(bytes: Uint8Array, ranges: MatrixRanges, plane: number): GridMark["statistics"] {
  let [min, max, sum] = [Infinity, -Infinity, 0];
  bytes.forEach((byte, i) => {
    const [low, high] = rangeOf({ ranges }, Math.floor(i / plane));
    const value = low + (byte * (high - low)) / 255;
    [min, max, sum] = [Math.min(min, value), Math.max(max, value), sum + value];
  });
  return { min, max, mean: sum / bytes.length };
}

type MatrixRanges = GridMark["pixels"]["ranges"];
