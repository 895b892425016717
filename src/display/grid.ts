/** A view as one picture, for programs that do not know our MIME type: tiles side by side, each in a thin frame. */
import type { View } from "../protocol";
import { paletteColour, positionOf, type Rgb } from "./colours";
import { drawText, TEXT_HEIGHT, textWidth } from "./font";
import { fromBase64 } from "./platform";
import type { Raster } from "./png";

const WIDEST = 760;
const GAP = 8;
/** Tiles are enlarged by whole numbers, to about this many pixels a side. */
const TARGET_SIDE = 96;
const SINGLE_SIDE = 256;
const SMALLEST_SIDE = 24;

const frameColour: Rgb = [176, 176, 176];
/** Grey that can be read on a white and on a dark page; the page shows through between tiles. */
const textColour: Rgb = [112, 112, 112];
/** Fewer than 256, so that frame, text and page have a place in the picture's palette too. */
const LEVELS = 250;

/** The pixels of the whole grid, with labels below the tiles. */
export function paintGrid(view: View): Raster {
  const { planes, height, width } = view.pixels;
  const channels = view.scale === "rgb" ? 3 : 1;
  const tiles = planes / channels;
  const layout = layOut(view, tiles);
  const bytes = new Uint8Array(layout.width * layout.height * 4);
  const put = (x: number, y: number, colour: Rgb): void => {
    const at = (y * layout.width + x) * 4;
    bytes[at] = colour[0];
    bytes[at + 1] = colour[1];
    bytes[at + 2] = colour[2];
    bytes[at + 3] = 255;
  };
  const colourAt = reader(view);
  for (let tile = 0; tile < tiles; tile++) {
    const cellLeft = (tile % layout.columns) * (layout.cellWidth + GAP);
    const top = Math.floor(tile / layout.columns) * (layout.cellHeight + GAP);
    const [tileWidth, tileHeight] = [width * layout.scale, height * layout.scale];
    const left = cellLeft + Math.floor((layout.cellWidth - tileWidth - 2) / 2);
    for (let y = -1; y <= tileHeight; y++)
      for (let x = -1; x <= tileWidth; x++) {
        const framed = x < 0 || y < 0 || x === tileWidth || y === tileHeight;
        const pixel = Math.floor(y / layout.scale) * width + Math.floor(x / layout.scale);
        put(left + 1 + x, top + 1 + y, framed ? frameColour : colourAt(tile, pixel));
      }
    const label = fitText(view.labels[tile] ?? "", layout.cellWidth);
    const inset = cellLeft + Math.floor((layout.cellWidth - textWidth(label)) / 2);
    drawText(label, (x, y) => put(inset + x, top + tileHeight + 5 + y, textColour));
  }
  return { width: layout.width, height: layout.height, channels: 4, bytes };
}

/** The colour of a pixel of a tile. */
function reader({ view, scale, pixels }: View): (tile: number, pixel: number) => Rgb {
  const plane = pixels.height * pixels.width;
  const bytes = fromBase64(pixels.bytes);
  if (scale === "rgb")
    return (tile, pixel) => {
      const at = tile * 3 * plane + pixel;
      return [bytes[at], bytes[at + plane], bytes[at + 2 * plane]];
    };
  const range = pixels.ranges[0];
  const palette = scale === "diverging" ? "diverging" : view === "images" ? "grey" : "viridis";
  const colours = Array.from({ length: 256 }, (_, byte) => {
    const share = Math.round((byte * LEVELS) / 255) / LEVELS;
    const value = range[0] + share * (range[1] - range[0]);
    return paletteColour(palette, positionOf(value, range, scale === "diverging"));
  });
  return (tile, pixel) => colours[bytes[tile * plane + pixel]];
}

interface Layout {
  columns: number;
  scale: number;
  cellWidth: number;
  cellHeight: number;
  width: number;
  height: number;
}

function layOut({ pixels, columns: wanted, labels }: View, tiles: number): Layout {
  const target = tiles === 1 ? SINGLE_SIDE : TARGET_SIDE;
  const enlarged = Math.max(1, Math.round(target / Math.max(pixels.width, pixels.height)));
  const room = (columns: number): number => Math.floor((WIDEST + GAP) / columns) - GAP - 2;
  let columns = Math.max(1, Math.min(wanted, tiles));
  while (columns > 1 && room(columns) < Math.max(pixels.width, SMALLEST_SIDE)) columns--;
  const scale = Math.max(1, Math.min(enlarged, Math.floor(room(columns) / pixels.width)));
  const longest = Math.max(0, ...labels.map(textWidth));
  const tileWidth = pixels.width * scale + 2;
  const cellWidth = Math.max(tileWidth, Math.min(longest, room(columns) + 2));
  const cellHeight = pixels.height * scale + 2 + (longest > 0 ? TEXT_HEIGHT + 4 : 0);
  const rows = Math.ceil(tiles / columns);
  return {
    columns,
    scale,
    cellWidth,
    cellHeight,
    width: columns * (cellWidth + GAP) - GAP,
    height: rows * (cellHeight + GAP) - GAP,
  };
}

function fitText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let shorter = text;
  while (shorter !== "" && textWidth(`${shorter}..`) > width) shorter = shorter.slice(0, -1);
  return shorter === "" ? "" : `${shorter}..`;
}
