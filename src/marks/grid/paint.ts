/** A grid as pixels, for programs that do not know our MIME type: what a page shows of it, but for pointer and keys. */
import type { Asked } from "../kit/asked";
import type { Rgb } from "../kit/colours";
import { LINE_HEIGHT, textWidth } from "../kit/font";
import { layoutGrid, tileOrigin, type GridLayout } from "../kit/layout";
import { PICTURE_WIDTH } from "../kit/picture";
import { Canvas, textPicture } from "../kit/raster";
import { fitText } from "../kit/words";
import { channelsOf } from "./check";
import { legendColours } from "./colouring";
import { barsOf, type Bar } from "./legend";
import type { GridMark } from "./payload";
import { partFrames, partsOf, type TilePart } from "./picks";
import { frameOf, shownColours, unpackGrid, unusualIn, type Shown, type Unusual } from "./shown";
import { describeGrid, describeStatistics } from "./words";

const FRAME: Rgb = [176, 176, 176];
/** Fewer than 256, so that frame, text and page have a place in the picture's palette too. */
const STEPS = 250;
/** Pixels a dot of the letters: of titles, and of labels and numbers. */
const [LARGE, SMALL] = [2, 1];
const LEGEND = { width: 240, height: 10, gap: 12, apart: 28 };
/** Of the line above a colour bar. */
const NAME_HEIGHT = 12;

/**
 * Title, tiles with their labels, colour bar and statistics, at most 760 pixels wide.
 * @param asked what was picked, to be framed
 */
export function paintGrid(mark: GridMark, asked?: Asked): Canvas {
  const shown = frameOf(unpackGrid(mark));
  const { head, top, layout } = pictureLayout(mark);
  const foot = paintFoot(mark, shown);
  const bottom = top + layout.height + LEGEND.gap;
  const picture = new Canvas(Math.max(layout.width, foot.width, head?.width ?? 0), bottom + foot.height);
  if (head) picture.draw(head, 0, 0);
  picture.draw(paintTiles(shown, layout), 0, top);
  picture.draw(foot, 0, bottom);
  for (const part of asked ? partsOf(mark, asked) : []) paintPart(picture, part, layout, top);
  return picture;
}

/** A frame around what was picked, a line of white inside it. */
function paintPart(picture: Canvas, part: TilePart, layout: GridLayout, top: number): void {
  for (const { x, y, width, height, line, colour } of partFrames(layout, part, 1)) {
    const rgb = rgbOf(colour);
    picture.fill(x, top + y, width, line, rgb);
    picture.fill(x, top + y + height - line, width, line, rgb);
    picture.fill(x, top + y, line, height, rgb);
    picture.fill(x + width - line, top + y, line, height, rgb);
  }
}

const rgbOf = (hex: string): Rgb => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;

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
  const count = pixels.planes / channelsOf(mark) / (mark.frames?.labels.length ?? 1);
  const labelWidth = Math.max(0, ...labels.slice(0, count).map(textWidth));
  const layout = layoutGrid({ count, height, width, columns, labelWidth }, PICTURE_WIDTH, 1);
  const lines = [
    { words: mark.title ?? "", scale: LARGE },
    { words: describeGrid(mark), scale: SMALL },
  ].filter(({ words }) => words !== "");
  const head = lines.length > 0 ? textPicture(lines, PICTURE_WIDTH) : undefined;
  return { head, top: head ? head.height + 8 : 0, layout };
}

function paintTiles(shown: Shown, layout: GridLayout): Canvas {
  const canvas = new Canvas(layout.width, layout.height);
  const { scale, tileWidth, tileHeight } = layout;
  const { labels, tiles } = shown;
  for (let tile = 0; tile < tiles.count; tile++) {
    const { x, y } = tileOrigin(layout, tile);
    canvas.fill(x - 1, y - 1, tileWidth + 2, tileHeight + 2, FRAME);
    shownColours(shown, tile, STEPS).forEach((colour, i) => {
      const [row, column] = [Math.floor(i / tiles.width), i % tiles.width];
      canvas.fill(x + column * scale, y + row * scale, scale, scale, colour);
    });
    const label = fitText(labels[tile] ?? "", layout.cellWidth, textWidth);
    const left = x + Math.floor((tileWidth - textWidth(label)) / 2);
    canvas.text(label, left, y + tileHeight + Math.floor((layout.labelHeight - LINE_HEIGHT) / 2));
  }
  return canvas;
}

/** The colour bars with their numbers, the statistics beside them, and the colours of what is no number; as many a row as fit. */
function paintFoot(mark: GridMark, shown: Shown): Canvas {
  const bars = barsOf(mark, shown);
  const named = bars.some(({ name }) => name !== "");
  const opacity = shown.over ? [`heat map ${Math.round(100 * shown.over.opacity)} %`] : [];
  const parts = [
    ...bars.map((bar) => paintBar(bar, named)),
    paintLine([describeStatistics(mark, mark.frames?.shown), ...opacity].join(" · "), 1 + (named ? NAME_HEIGHT : 0)),
    ...unusualIn(shown).map((each) => paintUnusual(each)),
  ];
  let [x, y, high] = [0, 0, 0];
  const places = parts.map((part) => {
    if (x > 0 && x + part.width > PICTURE_WIDTH) [x, y, high] = [0, y + high + 6, 0];
    const place = { part, x, y };
    x += part.width + LEGEND.apart;
    high = Math.max(high, part.height);
    return place;
  });
  const right = Math.max(...places.map((place) => place.x + place.part.width));
  const canvas = new Canvas(right, y + high);
  for (const place of places) canvas.draw(place.part, place.x, place.y);
  return canvas;
}

/** @param named whether there is a line for names, of this bar or of the one beside it */
function paintBar({ name, colouring, ticks }: Bar, named: boolean): Canvas {
  const top = named ? NAME_HEIGHT : 0;
  const canvas = new Canvas(LEGEND.width, top + LEGEND.height + 6 + LINE_HEIGHT);
  canvas.text(fitText(name, LEGEND.width, textWidth), 0, 0);
  canvas.fill(0, top, LEGEND.width, LEGEND.height, FRAME);
  const inside = LEGEND.width - 2;
  if (colouring.scale === "rgb")
    for (let x = 0; x < inside; x++) {
      const level = Math.round((255 * x) / (inside - 1));
      [[level, 0, 0] as const, [0, level, 0] as const, [0, 0, level] as const].forEach((colour, channel) =>
        canvas.fill(1 + x, top + 1 + Math.floor((channel * 8) / 3), 1, 3, colour),
      );
    }
  else
    legendColours(colouring, inside, STEPS).forEach((colour, x) =>
      canvas.fill(1 + x, top + 1, 1, LEGEND.height - 2, colour),
    );
  for (const { text, at } of ticks()) {
    const width = textWidth(text);
    const left = Math.round(at * LEGEND.width - (at === 0 ? 0 : at === 1 ? width : width / 2));
    canvas.text(text, left, top + LEGEND.height + 5);
  }
  return canvas;
}

function paintLine(words: string, top: number): Canvas {
  const canvas = new Canvas(Math.min(textWidth(words), PICTURE_WIDTH), top + LINE_HEIGHT);
  canvas.text(fitText(words, PICTURE_WIDTH, textWidth), 0, top);
  return canvas;
}

function paintUnusual({ words, colour }: Unusual): Canvas {
  const canvas = new Canvas(LINE_HEIGHT + 4 + textWidth(words), LINE_HEIGHT + 2);
  canvas.fill(0, 0, LINE_HEIGHT, LINE_HEIGHT, colour);
  canvas.text(words, LINE_HEIGHT + 4, 1);
  return canvas;
}
