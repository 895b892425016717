/** What a reader can pick in a grid, and which parts of its tiles an answer means. */
import { PICKED, type Asked, type BoxAnswer, type Picked, type PickKind } from "../kit/asked";
import { tileOrigin, type GridLayout } from "../kit/layout";
import { channelsOf } from "./check";
import type { GridMark } from "./payload";

/** Pixels of a tile as they are drawn; `whole` for a tile that is meant as such. */
export interface TilePart extends BoxAnswer {
  /** Its place in its frame. */
  tile: number;
  isWhole: boolean;
}

/** Rows and columns of a tile before it was made smaller to fit. */
export function fullSize({ pixels }: GridMark): { height: number; width: number } {
  const { height, width } = pixels.reducedFrom ?? pixels;
  return { height, width };
}

/** How many rows of the tensor a drawn row stands for. */
function factorOf(mark: GridMark): number {
  const { height, width } = fullSize(mark);
  return Math.max(Math.ceil(height / mark.pixels.height), Math.ceil(width / mark.pixels.width));
}

/** Tiles that are shown at a time. */
const tilesOf = (mark: GridMark): number => mark.pixels.planes / channelsOf(mark) / (mark.frames?.labels.length ?? 1);

/** Whether the tiles are images: counted, and of one size. */
export const areImages = ({ tile, layer }: GridMark): boolean => layer === undefined && tile === "image";

/** The answer that a part of a tile is, in numbers of the tensor; undefined where the grid has none of that kind. */
export function pickedAt(
  mark: GridMark,
  pick: PickKind,
  { tile, ...part }: Omit<TilePart, "isWhole">,
): Picked | undefined {
  const { layer } = mark;
  const factor = factorOf(mark);
  const [row, column] = [part.row * factor, part.column * factor];
  if (pick === "box") {
    const size = fullSize(mark);
    if (!layer && !areImages(mark)) return undefined;
    const height = Math.min(part.height * factor, size.height - row);
    return { row, column, height, width: Math.min(part.width * factor, size.width - column) };
  }
  if (pick === "image") return areImages(mark) ? { index: tile } : undefined;
  if (!layer) return undefined;
  if (pick === "layer") return { layer: layer.name };
  const unit = Math.floor(tile / (layer.tiles ?? 1));
  return pick === "unit" ? { layer: layer.name, unit } : { layer: layer.name, unit, row, column };
}

/** The parts of tiles that were picked; none for what the grid does not show. */
export function partsOf(mark: GridMark, { pick, picked }: Asked): TilePart[] {
  const { pixels, layer } = mark;
  const count = tilesOf(mark);
  const all = { row: 0, column: 0, height: pixels.height, width: pixels.width, isWhole: true };
  const factor = factorOf(mark);
  const tilesWhere = (isMeant: (tile: number) => boolean): number[] =>
    Array.from({ length: count }, (_, tile) => tile).filter(isMeant);
  return picked.flatMap((each): TilePart[] => {
    if ("index" in each) return areImages(mark) && each.index < count ? [{ tile: each.index, ...all }] : [];
    if ("layer" in each) {
      if (layer?.name !== each.layer) return [];
      const own = layer.tiles ?? 1;
      const tiles = tilesWhere((tile) => !("unit" in each) || Math.floor(tile / own) === each.unit);
      if (!("row" in each)) return tiles.map((tile) => ({ tile, ...all }));
      const place = { row: Math.floor(each.row / factor), column: Math.floor(each.column / factor) };
      const isInside = place.row < pixels.height && place.column < pixels.width;
      return isInside ? tiles.map((tile) => ({ tile, ...place, height: 1, width: 1, isWhole: false })) : [];
    }
    if (pick !== "box" || (!layer && !areImages(mark))) return [];
    const [row, column] = [Math.floor(each.row / factor), Math.floor(each.column / factor)];
    const height = Math.min(Math.ceil((each.row + each.height) / factor), pixels.height) - row;
    const width = Math.min(Math.ceil((each.column + each.width) / factor), pixels.width) - column;
    if (height < 1 || width < 1) return [];
    return tilesWhere(() => true).map((tile) => ({ tile, row, column, height, width, isWhole: false }));
  });
}

/** A rectangle that is not filled, in device pixels. */
export interface PartFrame {
  x: number;
  y: number;
  width: number;
  height: number;
  /** How thick its lines are, inwards. */
  line: number;
  colour: string;
}

/** The frames around a part of a tile, from outside inwards: in the gap around it, and within the canvas at its edges. */
export function partFrames(layout: GridLayout, part: TilePart, pixelRatio: number): PartFrame[] {
  const { scale } = layout;
  const origin = tileOrigin(layout, part.tile);
  const [left, top] = [origin.x + part.column * scale, origin.y + part.row * scale];
  const [right, bottom] = [left + part.width * scale, top + part.height * scale];
  const thin = Math.max(1, Math.round(pixelRatio));
  const thick = Math.max(2, Math.round((part.isWhole ? 3 : 2) * pixelRatio));
  const frame = (out: number, edge: number, line: number, colour: string): PartFrame => {
    const [x, y] = [Math.max(edge, left - out), Math.max(edge, top - out)];
    const width = Math.min(layout.width - edge, right + out) - x;
    return { x, y, width, height: Math.min(layout.height - edge, bottom + out) - y, line, colour };
  };
  return [frame(thin + thick, 0, thick, PICKED.outer), frame(thin, thick, thin, PICKED.inner)];
}
