/** A grid as pixels, for programs that do not know our MIME type: what a page shows of it, but for pointer and keys. */
import type { Rgb } from "../kit/colours";
import { LINE_HEIGHT, textWidth } from "../kit/font";
import { layoutGrid, tileOrigin, type GridLayout } from "../kit/layout";
import { PICTURE_WIDTH } from "../kit/picture";
import { unpackTiles, type Tiles } from "../kit/pixels";
import { Canvas, textPicture } from "../kit/raster";
import { fitText } from "../kit/words";
import { channelsOf } from "./check";
import {
  colouringOf,
  coloursOf,
  haveOwnScales,
  legendColours,
  legendTicks,
  ownTicks,
  type Colouring,
} from "./colouring";
import type { GridMark } from "./payload";
import { describeGrid, describeStatistics } from "./words";

const FRAME: Rgb = [176, 176, 176];
/** Fewer than 256, so that frame, text and page have a place in the picture's palette too. */
const STEPS = 250;
/** Pixels a dot of the letters: of titles, and of labels and numbers. */
const [LARGE, SMALL] = [2, 1];
const LEGEND = { width: 240, height: 10, gap: 12 };

/** Title, tiles with their labels, colour bar and statistics, at most 760 pixels wide. */
export function paintGrid(mark: GridMark): Canvas {
  const tiles = unpackTiles(mark.pixels, channelsOf(mark));
  const colouring = colouringOf(mark, tiles);
  const { head, top, layout } = pictureLayout(mark);
  const foot = paintFoot(mark, tiles, colouring);
  const bottom = top + layout.height + LEGEND.gap;
  const picture = new Canvas(Math.max(layout.width, foot.width, head?.width ?? 0), bottom + foot.height);
  if (head) picture.draw(head, 0, 0);
  picture.draw(paintTiles(mark, tiles, colouring, layout), 0, top);
  picture.draw(foot, 0, bottom);
  return picture;
}

interface PictureLayout {
  head: Canvas | undefined;
  /** Where the tiles begin, in pixels from above. */
  top: number;
  layout: GridLayout;
}

/** Where everything lies in a grid's picture. */
export function pictureLayout(mark: GridMark): PictureLayout {
  const { columns, labels, pixels } = mark;
  const { height, width } = pixels;
  const count = pixels.planes / channelsOf(mark);
  const labelWidth = Math.max(0, ...labels.slice(0, count).map(textWidth));
  const layout = layoutGrid({ count, height, width, columns, labelWidth }, PICTURE_WIDTH, 1);
  const lines = [
    { words: mark.title ?? "", scale: LARGE },
    { words: describeGrid(mark), scale: SMALL },
  ].filter(({ words }) => words !== "");
  const head = lines.length > 0 ? textPicture(lines, PICTURE_WIDTH) : undefined;
  return { head, top: head ? head.height + 8 : 0, layout };
}

function paintTiles(mark: GridMark, tiles: Tiles, colouring: Colouring, layout: GridLayout): Canvas {
  const canvas = new Canvas(layout.width, layout.height);
  const { scale, tileWidth, tileHeight } = layout;
  for (let tile = 0; tile < tiles.count; tile++) {
    const { x, y } = tileOrigin(layout, tile);
    canvas.fill(x - 1, y - 1, tileWidth + 2, tileHeight + 2, FRAME);
    coloursOf(tiles, tile, colouring, STEPS).forEach((colour, i) => {
      const [row, column] = [Math.floor(i / tiles.width), i % tiles.width];
      canvas.fill(x + column * scale, y + row * scale, scale, scale, colour);
    });
    const label = fitText(mark.labels[tile] ?? "", layout.cellWidth, textWidth);
    const left = x + Math.floor((tileWidth - textWidth(label)) / 2);
    canvas.text(label, left, y + tileHeight + Math.floor((layout.labelHeight - LINE_HEIGHT) / 2));
  }
  return canvas;
}

/** The colour bar with its numbers, unless pictures show their own colours, and the statistics beside it. */
function paintFoot(mark: GridMark, tiles: Tiles, colouring: Colouring): Canvas {
  const words = describeStatistics(mark);
  const isOwn = haveOwnScales(tiles);
  const hasBar = colouring.scale !== "rgb" || isOwn;
  const left = hasBar ? LEGEND.width + 28 : 0;
  const canvas = new Canvas(left + textWidth(words), hasBar ? LEGEND.height + 6 + LINE_HEIGHT : LINE_HEIGHT);
  canvas.text(words, left, 1);
  if (!hasBar) return canvas;
  canvas.fill(0, 0, LEGEND.width, LEGEND.height, FRAME);
  const inside = LEGEND.width - 2;
  if (colouring.scale === "rgb")
    for (let x = 0; x < inside; x++) {
      const level = Math.round((255 * x) / (inside - 1));
      [[level, 0, 0] as const, [0, level, 0] as const, [0, 0, level] as const].forEach((colour, channel) =>
        canvas.fill(1 + x, 1 + Math.floor((channel * 8) / 3), 1, 3, colour),
      );
    }
  else legendColours(colouring, inside).forEach((colour, x) => canvas.fill(1 + x, 1, 1, LEGEND.height - 2, colour));
  for (const { text, at } of isOwn ? ownTicks(tiles) : legendTicks(colouring)) {
    const width = textWidth(text);
    canvas.text(text, Math.round(at * LEGEND.width - (at === 0 ? 0 : at === 1 ? width : width / 2)), LEGEND.height + 5);
  }
  return canvas;
}
