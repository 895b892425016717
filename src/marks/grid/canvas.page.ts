/** Paints tiles, labels and the probe on one canvas. Pixels are never smoothed. */
import { inkOn, type Rgb } from "../kit/colours";
import { part } from "../kit/drawing.page";
import { drawnNumber } from "../kit/numbers";
import { tileOrigin, type GridLayout } from "../kit/layout";
import type { Probe, Tiles } from "../kit/pixels";
import type { Theme } from "../kit/theme";
import { fitText } from "../kit/words";
import { partFrames, type TilePart } from "./picks";
import { shownColours, type Shown } from "./shown";

const LABEL_SIZE = 12;
/** In CSS pixels; they grow with the pixels in which they stand, up to the second. */
const [NUMBER_SIZE, LARGEST_NUMBER] = [13, 24];
/** Numbers are written into pixels of at least this many CSS pixels: by-hand examples, not photographs. */
const NUMBER_ROOM = 26;

export function labelFont(theme: Theme, pixelRatio: number): string {
  return `${LABEL_SIZE * pixelRatio}px ${theme.font}`;
}

export class GridPainter {
  private readonly context: CanvasRenderingContext2D;
  /** One tile in its colours, one pixel a pixel; drawn enlarged. */
  private readonly tile = part("canvas", "");
  private shown: Shown | undefined;
  /** The tile that `tile` holds, and its colours: a pointer stays in one for long. */
  private held: { tile: number; colours: Rgb[] } | undefined;
  private probe: Probe | undefined;
  /** Parts of the tiles that are shown, which were picked. */
  private picked: readonly TilePart[] = [];
  /** Font of the numbers in the pixels; empty if there is no room for them. */
  private numberFont = "";

  /** @param exact the numbers of a tile that is shown; undefined if nobody knows them yet */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly exact: (tile: number) => ArrayLike<number> | undefined,
  ) {
    this.context = contextOf(canvas);
  }

  /** Takes other tiles; {@link paint} shows them. */
  setShown(shown: Shown): void {
    this.shown = shown;
    this.held = undefined;
    this.tile.width = shown.tiles.width;
    this.tile.height = shown.tiles.height;
  }

  /** Parts of tiles to be framed; {@link paint} shows them. */
  setPicked(parts: readonly TilePart[]): void {
    this.picked = parts;
  }

  /** Width in CSS pixels of the widest label. */
  measureLabels(labels: readonly string[], theme: Theme): number {
    this.context.font = labelFont(theme, 1);
    return labels.reduce((widest, label) => Math.max(widest, Math.ceil(this.context.measureText(label).width)), 0);
  }

  paint(layout: GridLayout, labels: readonly string[], theme: Theme, pixelRatio: number): void {
    const { canvas, context } = this;
    canvas.width = layout.width;
    canvas.height = layout.height;
    canvas.style.width = `${layout.width / pixelRatio}px`;
    canvas.style.height = `${layout.height / pixelRatio}px`;
    this.probe = undefined;
    this.numberFont = this.fitNumbers(layout, theme, pixelRatio);
    for (let tile = 0; tile < layout.count; tile++) this.paintTile(layout, tile, theme);

    context.font = labelFont(theme, pixelRatio);
    context.fillStyle = theme.text;
    context.textAlign = "center";
    context.textBaseline = "middle";
    labels.forEach((label, tile) => {
      const { x, y } = tileOrigin(layout, tile);
      const text = fitText(label, layout.cellWidth, (words) => context.measureText(words).width);
      context.fillText(text, x + layout.tileWidth / 2, y + layout.tileHeight + layout.labelHeight * 0.56);
    });
    this.paintPicked(layout, pixelRatio);
  }

  /** Frames a pixel of a grid that is painted already, and takes the last frame away. */
  paintProbe(layout: GridLayout, probe: Probe | undefined, theme: Theme, pixelRatio: number): void {
    if (this.probe) {
      this.paintTile(layout, this.probe.tile, theme);
      this.paintPicked(layout, pixelRatio, this.probe.tile);
    }
    this.probe = probe;
    if (!probe) return;
    const { context } = this;
    const origin = tileOrigin(layout, probe.tile);
    const line = Math.max(1, Math.round(1.5 * pixelRatio));
    // Black around white: one of the two shows on any colour. It may reach over the tile's own frame, into the gap.
    const side = layout.scale;
    const x = origin.x + probe.column * side;
    const y = origin.y + probe.row * side;
    const around = (out: number): Rect => ({ x: x - out, y: y - out, width: side + 2 * out, height: side + 2 * out });
    context.save();
    context.beginPath();
    context.rect(origin.x - 1, origin.y - 1, layout.tileWidth + 2, layout.tileHeight + 2);
    context.clip();
    outline(context, around(2 * line), line, "#000");
    outline(context, around(line), line, "#fff");
    context.restore();
  }

  /** @param only the tile whose frames are painted; default all */
  private paintPicked(layout: GridLayout, pixelRatio: number, only?: number): void {
    for (const part of this.picked) {
      if (only !== undefined && part.tile !== only) continue;
      for (const { x, y, width, height, line, colour } of partFrames(layout, part, pixelRatio))
        outline(this.context, { x, y, width, height }, line, colour);
    }
  }

  private paintTile(layout: GridLayout, tile: number, theme: Theme): void {
    const { context, shown } = this;
    if (!shown) return;
    const { x, y } = tileOrigin(layout, tile);
    const { tileWidth, tileHeight } = layout;
    context.clearRect(x - 1, y - 1, tileWidth + 2, tileHeight + 2);
    // A map of zeros is white: without a frame it would be lost on a white page.
    context.fillStyle = theme.border;
    context.fillRect(x - 1, y - 1, tileWidth + 2, tileHeight + 2);
    context.imageSmoothingEnabled = false;
    const colours = this.hold(tile, shown);
    context.drawImage(this.tile, x, y, tileWidth, tileHeight);
    if (this.numberFont) this.writeNumbers(layout, tile, shown.tiles, colours);
  }

  private hold(tile: number, shown: Shown): Rgb[] {
    if (this.held?.tile !== tile) {
      const image = new ImageData(shown.tiles.width, shown.tiles.height);
      image.data.fill(255);
      const colours = shownColours(shown, tile);
      colours.forEach((colour, i) => image.data.set(colour, i * 4));
      contextOf(this.tile).putImageData(image, 0, 0);
      this.held = { tile, colours };
    }
    return this.held.colours;
  }

  /** Whether pixels of this size have their numbers written into them. */
  hasRoom(layout: GridLayout, pixelRatio: number): boolean {
    return this.shown?.tiles.channels === 1 && layout.scale >= NUMBER_ROOM * pixelRatio;
  }

  /** The font in which every number of the view fits its pixel; empty if there is none. */
  private fitNumbers(layout: GridLayout, theme: Theme, pixelRatio: number): string {
    if (!this.shown || !this.hasRoom(layout, pixelRatio)) return "";
    const font = (size: number) => `${size * pixelRatio}px ${theme.font}`;
    this.context.font = font(NUMBER_SIZE);
    let widest = 0;
    for (let tile = 0; tile < layout.count; tile++)
      for (const value of Array.from(this.exact(tile) ?? []))
        widest = Math.max(widest, this.context.measureText(drawnNumber(value)).width);
    if (widest === 0) return "";
    const most = Math.min(Math.max(NUMBER_SIZE, Math.floor(layout.scale / pixelRatio / 4)), LARGEST_NUMBER);
    const size = Math.min(most, Math.floor((NUMBER_SIZE * 0.88 * layout.scale) / widest));
    return size >= 9 ? font(size) : "";
  }

  private writeNumbers(layout: GridLayout, tile: number, tiles: Tiles, colours: readonly Rgb[]): void {
    const { context } = this;
    // A byte's reading is another number than the one that was computed: none is better than a false one.
    const numbers = this.exact(tile);
    if (!numbers) return;
    const { x, y } = tileOrigin(layout, tile);
    context.font = this.numberFont;
    context.textAlign = "center";
    context.textBaseline = "middle";
    colours.forEach((colour, i) => {
      const [row, column] = [Math.floor(i / tiles.width), i % tiles.width];
      context.fillStyle = inkOn(colour);
      context.fillText(drawnNumber(numbers[i]), x + (column + 0.5) * layout.scale, y + (row + 0.54) * layout.scale);
    });
  }
}

interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** An outline of whole device pixels; strokes would lie half beside them. */
function outline(context: CanvasRenderingContext2D, { x, y, width, height }: Rect, line: number, colour: string): void {
  context.fillStyle = colour;
  context.fillRect(x, y, width, line);
  context.fillRect(x, y + height - line, width, line);
  context.fillRect(x, y, line, height);
  context.fillRect(x + width - line, y, line, height);
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("canvas: this browser draws no 2D graphics. Try another browser.");
  return context;
}
