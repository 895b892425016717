/** A tensor of a layer as tiles: maps of an image, or features of all images. */
import { columnsFor, packPlanes, type GridMark } from "../../marks";
import { sizeOf, type Shape } from "../../tensor/shape";
import { statisticsOf } from "../statistics";
import { checkImage } from "../tensors";

/** Vectors of so many units have a tile each; of longer ones the tile of one image is shown. */
const LONGEST = 160;
/** Units in a row of a tile, so that a unit is seen: of vectors that stand side by side, and of one alone. */
const [FOLDED, FOLDED_ALONE] = [16, 40];
const MOST_TILES = 64;

export interface TileShape {
  /** Numbers of the tensor that are shown. */
  from: number;
  planes: number;
  height: number;
  width: number;
  tile: string;
  /** What rows and columns are, where they are no pixels; else "". */
  note: string;
}

/** @throws DataError unless the tensor has such an image */
export function tileShape(caller: string, shape: Shape, image: number): TileShape {
  const [N, ...rest] = shape;
  checkImage(caller, image, N, shape);
  const from = image * sizeOf(rest);
  if (rest.length >= 2) {
    const [height, width] = rest.slice(-2);
    return { from, planes: sizeOf(rest.slice(0, -2)), height, width, tile: "channel", note: imageNote(image, N) };
  }
  const units = sizeOf(rest);
  if (units <= LONGEST) {
    const width = widthFor(units, FOLDED, 4);
    const rows = width < units ? ` in rows of ${width}` : " in a row";
    return {
      ...{ from: 0, planes: N, height: units / width, width, tile: "image" },
      note: `a tile an image, its ${units} units${rows}`,
    };
  }
  const width = widthFor(units, FOLDED_ALONE, 7);
  const note = `${imageNote(image, N)}, its ${units} units in rows of ${width}`;
  return { from, planes: 1, height: units / width, width, tile: "vector", note };
}

/** "image 0 (0 to 3)": counted from 0, of four. */
const imageNote = (image: number, count: number): string =>
  count > 1 ? `image ${image} (0 to ${count - 1})` : `image ${image}`;

/** The largest divisor that is no more than a row, and more than `least`; all, if there is none. */
function widthFor(units: number, most: number, least: number): number {
  for (let width = Math.min(most, units); width > least; width--) if (units % width === 0) return width;
  return units;
}

/** A grid of the shown numbers. @param range of all grids that are to have one scale; default that of these numbers */
export function tilesOf(
  values: ArrayLike<number>,
  { planes, height, width, tile }: TileShape,
  options: Pick<GridMark, "title" | "subtitle" | "palette"> & { range?: readonly [number, number] },
): GridMark {
  const { range: given, ...words } = options;
  const { min, max, mean, finite } = statisticsOf(values);
  const range = given ?? finite;
  const pixels = packPlanes({ values, planes, height, width }, { keep: MOST_TILES, exact: true, range: () => range });
  const isNumbered = tile !== "vector";
  return {
    mark: "grid",
    ...words,
    tile,
    scale: range[0] < 0 ? "diverging" : "sequential",
    columns: columnsFor(pixels.planes),
    labels: isNumbered ? Array.from({ length: pixels.planes }, (_, i) => `${i}`) : [],
    pixels,
    statistics: { min, max, mean },
  };
}
