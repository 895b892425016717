/**
 * Where tiles lie on a canvas or in a picture, and which pixel lies under the pointer. Lengths are device pixels, so that every
 * pixel of a tile covers a whole number of them and stays sharp.
 */
import type { Probe } from "./pixels";

/** In CSS pixels. */
const GAP = 10;
const NARROW_GAP = 7;
const LABEL_HEIGHT = 20;
/** From the last row of a lecture hall: hard to see below the first, easy from the second, nothing more to see above the others. */
const SMALLEST_TILE = 40;
const COMFORTABLE_TILE = 60;
const LARGEST_TILE = 168;
const LARGEST_SINGLE_TILE = 224;
/** A pixel of this size has room for its number; enlarging it further would only make patterns of few pixels coarse. */
const LARGEST_PIXEL = 44;
/** A grid higher than this does not fit a projector together with its cell, so tiles shrink, down to this size. */
const TARGET_HEIGHT = 600;
const SHRUNK_TILE = 64;
/** The lengths above suit a page of this width, as a notebook has on 1280 pixels; on a wider screen they grow, up to as much. */
const USUAL_WIDTH = 1150;
const MOST_GROWTH = 1.6;
/** One tile enlarged is seen whole below its buttons, on a projector with JupyterLab's own bars. */
const ENLARGED_HEIGHT = 450;
/** Wider labels are cut: room for the names of two classes. */
export const LARGEST_LABEL = 190;

export interface GridShape {
  count: number;
  height: number;
  width: number;
  /** Tiles a row at most. */
  columns: number;
  /** Width of the widest label in CSS pixels; 0 without labels. */
  labelWidth: number;
  /** Whether tiles grow to fill the page's width, however high that is; default false. */
  fill?: boolean;
}

export interface GridLayout {
  count: number;
  columns: number;
  /** Device pixels a pixel. */
  scale: number;
  /** Pixels a tile. */
  pixelHeight: number;
  pixelWidth: number;
  tileHeight: number;
  tileWidth: number;
  cellHeight: number;
  cellWidth: number;
  gap: number;
  labelHeight: number;
  /** The whole canvas. */
  height: number;
  width: number;
}

/**
 * The layout for a page of this width (CSS pixels): as many columns as asked for, if the tiles are then easy to see; else fewer
 * columns that make full rows of such tiles; else the most columns whose tiles can be seen at all.
 */
export function layoutGrid(shape: GridShape, pageWidth: number, pixelRatio: number): GridLayout {
  const most = Math.max(1, Math.min(shape.columns, shape.count));
  const choices = Array.from({ length: most }, (_, i) => layoutColumns(shape, most - i, pageWidth, pixelRatio));
  const isSeen = ({ layout, fits }: Choice, smallest: number) =>
    fits && Math.max(layout.tileWidth, layout.tileHeight) >= smallest * pixelRatio;
  const densest = choices.find((choice) => isSeen(choice, SMALLEST_TILE)) ?? choices[most - 1];
  const isEasy = (choice: Choice) =>
    isSeen(choice, COMFORTABLE_TILE) &&
    (choice === choices[0] || shape.count % choice.layout.columns === 0) &&
    2 * choice.layout.columns >= densest.layout.columns &&
    (shape.fill === true || choice.layout.height <= 1.1 * TARGET_HEIGHT * growth(pageWidth) * pixelRatio);
  const chosen = choices.find(isEasy) ?? densest;
  if (chosen === choices[0]) return chosen.layout;
  // Where tiles had to move to a new row anyway, rows of equal length look better than a last row of one.
  const rows = Math.ceil(shape.count / chosen.layout.columns);
  return layoutColumns(shape, Math.ceil(shape.count / rows), pageWidth, pixelRatio).layout;
}

const growth = (pageWidth: number): number => Math.min(Math.max(pageWidth / USUAL_WIDTH, 1), MOST_GROWTH);

/** One tile as large as page and projector allow. */
export function layoutEnlarged(shape: GridShape, pageWidth: number, pixelRatio: number): GridLayout {
  const [available, high] = [Math.floor(pageWidth * pixelRatio) - 2, ENLARGED_HEIGHT * growth(pageWidth) * pixelRatio];
  const most = shape.fill ? Infinity : Math.floor(high / shape.height);
  const scale = Math.max(1, Math.min(Math.floor(available / shape.width), most));
  return layoutOf({ ...shape, count: 1 }, 1, scale, available, pixelRatio);
}

interface Choice {
  layout: GridLayout;
  /** Whether tiles and labels fit side by side; if not, the page scrolls or labels are cut. */
  fits: boolean;
}

function layoutColumns(shape: GridShape, columns: number, pageWidth: number, pixelRatio: number): Choice {
  const { count, height, width, fill = false } = shape;
  const rows = Math.ceil(count / columns);
  const { gap, labelHeight, labelWidth } = around(shape, pixelRatio);
  // One device pixel on each side is the frame of the outermost tiles.
  const available = Math.floor(pageWidth * pixelRatio) - 2;
  const cell = Math.floor((available - gap * (columns - 1)) / columns);
  const longer = Math.max(height, width);
  const grown = growth(pageWidth);
  const largestTile = grown * (count > 2 ? LARGEST_TILE : LARGEST_SINGLE_TILE);
  const largest = Math.floor(Math.min(largestTile / longer, LARGEST_PIXEL) * pixelRatio);
  const rowHeight = (TARGET_HEIGHT * grown * pixelRatio) / rows - gap - labelHeight;
  const shrunk = Math.ceil(Math.max(rowHeight / height, (SHRUNK_TILE * pixelRatio) / longer));
  const scale = Math.max(1, Math.min(Math.floor(cell / width), ...(fill ? [] : [largest, shrunk])));
  return {
    layout: layoutOf(shape, columns, scale, cell, pixelRatio),
    fits: scale * width <= cell && labelWidth <= cell,
  };
}

/** What lies between tiles, in device pixels. */
function around({ count, labelWidth }: GridShape, pixelRatio: number) {
  return {
    gap: Math.round((count > 24 ? NARROW_GAP : GAP) * pixelRatio),
    labelHeight: labelWidth > 0 ? Math.round(LABEL_HEIGHT * pixelRatio) : 0,
    labelWidth: Math.ceil(Math.min(labelWidth, LARGEST_LABEL) * pixelRatio),
  };
}

/** @param cell device pixels that a tile with its label may be wide */
function layoutOf(shape: GridShape, columns: number, scale: number, cell: number, pixelRatio: number): GridLayout {
  const { count, height, width } = shape;
  const rows = Math.ceil(count / columns);
  const { gap, labelHeight, labelWidth } = around(shape, pixelRatio);
  const tileHeight = scale * height;
  const tileWidth = scale * width;
  const cellWidth = Math.max(tileWidth, Math.min(labelWidth, cell));
  const cellHeight = tileHeight + labelHeight;
  return {
    count,
    columns,
    scale,
    pixelHeight: height,
    pixelWidth: width,
    tileHeight,
    tileWidth,
    cellHeight,
    cellWidth,
    gap,
    labelHeight,
    height: rows * cellHeight + (rows - 1) * gap + 2,
    width: columns * cellWidth + (columns - 1) * gap + 2,
  };
}

/** Upper left corner of a tile. */
export function tileOrigin(layout: GridLayout, tile: number): { x: number; y: number } {
  const row = Math.floor(tile / layout.columns);
  const column = tile % layout.columns;
  const inset = Math.floor((layout.cellWidth - layout.tileWidth) / 2);
  return {
    x: 1 + column * (layout.cellWidth + layout.gap) + inset,
    y: 1 + row * (layout.cellHeight + layout.gap),
  };
}

/** The pixel at a point of the canvas; undefined between tiles. */
export function probeAt(layout: GridLayout, x: number, y: number): Probe | undefined {
  const column = Math.floor((x - 1) / (layout.cellWidth + layout.gap));
  const row = Math.floor((y - 1) / (layout.cellHeight + layout.gap));
  const tile = row * layout.columns + column;
  if (row < 0 || column < 0 || column >= layout.columns || tile >= layout.count) return undefined;
  const origin = tileOrigin(layout, tile);
  const pixel = {
    tile,
    row: Math.floor((y - origin.y) / layout.scale),
    column: Math.floor((x - origin.x) / layout.scale),
  };
  return holds(layout, pixel) ? pixel : undefined;
}

export function holds(layout: GridLayout, { tile, row, column }: Probe): boolean {
  const within = (index: number, length: number) => index >= 0 && index < length;
  return within(tile, layout.count) && within(row, layout.pixelHeight) && within(column, layout.pixelWidth);
}

/**
 * The pixel that a key leads to; undefined for keys that do not move. Arrows walk on into the neighbouring tile, Home and End go to
 * the ends of a row, Page Up and Page Down to the same pixel of the tile before or after.
 */
export function moveProbe(layout: GridLayout, from: Probe, key: string): Probe | undefined {
  const { tile, row, column } = from;
  const { columns, pixelHeight, pixelWidth } = layout;
  const steps: Record<string, Probe[]> = {
    ArrowLeft: [
      { tile, row, column: column - 1 },
      { tile: tile % columns > 0 ? tile - 1 : -1, row, column: pixelWidth - 1 },
    ],
    ArrowRight: [
      { tile, row, column: column + 1 },
      { tile: (tile + 1) % columns > 0 ? tile + 1 : -1, row, column: 0 },
    ],
    ArrowUp: [
      { tile, row: row - 1, column },
      { tile: tile - columns, row: pixelHeight - 1, column },
    ],
    ArrowDown: [
      { tile, row: row + 1, column },
      { tile: tile + columns, row: 0, column },
    ],
    Home: [{ tile, row, column: 0 }],
    End: [{ tile, row, column: pixelWidth - 1 }],
    PageUp: [{ tile: tile - 1, row, column }],
    PageDown: [{ tile: tile + 1, row, column }],
  };
  if (!Object.prototype.hasOwnProperty.call(steps, key)) return undefined;
  return steps[key].find((probe) => holds(layout, probe)) ?? from;
}

/** Tiles a row for this number of tiles: all of a few, else the number from 8 to 12 that leaves the fewest places empty. */
export function columnsFor(tiles: number): number {
  if (tiles <= 8) return tiles;
  const empty = (columns: number): number => (columns - (tiles % columns)) % columns;
  return [8, 9, 10, 11, 12].reduce((best, columns) => (empty(columns) < empty(best) ? columns : best));
}
