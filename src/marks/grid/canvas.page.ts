/** Paints tiles, labels and the probe on one canvas. Pixels are never smoothed. */
import { inkOn, paletteColour } from "../kit/colours";
import { part } from "../kit/drawing.page";
import { tileOrigin, type GridLayout } from "../kit/layout";
import { valuesAt, type Probe, type Tiles } from "../kit/pixels";
import type { Theme } from "../kit/theme";
import { fitText } from "../kit/words";
import { coloursOf, type Colouring } from "./colouring";
import { readings } from "./words";

const LABEL_SIZE = 12;
const NUMBER_SIZE = 13;
/** Numbers are written into pixels of at least this many CSS pixels: by-hand examples, not photographs. */
const NUMBER_ROOM = 26;

export function labelFont(theme: Theme, pixelRatio: number): string {
  return `${LABEL_SIZE * pixelRatio}px ${theme.font}`;
}

export class GridPainter {
  private readonly context: CanvasRenderingContext2D;
  /** One tile in its colours, one pixel a pixel; drawn enlarged. */
  private readonly tile = part("canvas", "");
  private scene: { tiles: Tiles; colouring: Colouring } | undefined;
  private probe: Probe | undefined;
  /** Font of the numbers in the pixels; empty if there is no room for them. */
  private numberFont = "";

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.context = contextOf(canvas);
  }

  /** Takes other tiles; {@link paint} shows them. */
  setTiles(tiles: Tiles, colouring: Colouring): void {
    this.scene = { tiles, colouring };
    this.tile.width = tiles.width;
    this.tile.height = tiles.height;
  }

  /** Width in CSS pixels of the widest label. */
  measureLabels(labels: string[], theme: Theme): number {
    this.context.font = labelFont(theme, 1);
    return labels.reduce((widest, label) => Math.max(widest, Math.ceil(this.context.measureText(label).width)), 0);
  }

  paint(layout: GridLayout, labels: string[], theme: Theme, pixelRatio: number): void {
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
  }

  /** Frames a pixel of a grid that is painted already, and takes the last frame away. */
  paintProbe(layout: GridLayout, probe: Probe | undefined, theme: Theme, pixelRatio: number): void {
    if (this.probe) this.paintTile(layout, this.probe.tile, theme);
    this.probe = probe;
    if (!probe) return;
    const { context } = this;
    const origin = tileOrigin(layout, probe.tile);
    const line = Math.max(1, Math.round(1.5 * pixelRatio));
    // Black around white: one of the two shows on any colour. It may reach over the tile's own frame, into the gap.
    const side = layout.scale;
    const x = origin.x + probe.column * side;
    const y = origin.y + probe.row * side;
    context.save();
    context.beginPath();
    context.rect(origin.x - 1, origin.y - 1, layout.tileWidth + 2, layout.tileHeight + 2);
    context.clip();
    frame(context, x - 2 * line, y - 2 * line, side + 4 * line, line, "#000");
    frame(context, x - line, y - line, side + 2 * line, line, "#fff");
    context.restore();
  }

  private paintTile(layout: GridLayout, tile: number, theme: Theme): void {
    const { context, scene } = this;
    if (!scene) return;
    const { x, y } = tileOrigin(layout, tile);
    const { tileWidth, tileHeight } = layout;
    context.clearRect(x - 1, y - 1, tileWidth + 2, tileHeight + 2);
    // A map of zeros is white: without a frame it would be lost on a white page.
    context.fillStyle = theme.border;
    context.fillRect(x - 1, y - 1, tileWidth + 2, tileHeight + 2);
    context.imageSmoothingEnabled = false;
    const image = new ImageData(scene.tiles.width, scene.tiles.height);
    image.data.fill(255);
    coloursOf(scene.tiles, tile, scene.colouring).forEach((colour, i) => image.data.set(colour, i * 4));
    contextOf(this.tile).putImageData(image, 0, 0);
    context.drawImage(this.tile, x, y, tileWidth, tileHeight);
    if (this.numberFont) this.writeNumbers(layout, tile, scene.tiles, scene.colouring);
  }

  /** The font in which every number of the view fits its pixel; empty if there is none. */
  private fitNumbers(layout: GridLayout, theme: Theme, pixelRatio: number): string {
    if (!this.scene || this.scene.tiles.channels !== 1 || layout.scale < NUMBER_ROOM * pixelRatio) return "";
    const { tiles } = this.scene;
    const font = (size: number) => `${size * pixelRatio}px ${theme.font}`;
    this.context.font = font(NUMBER_SIZE);
    const widest = probesOf(tiles).reduce(
      (most, probe) => Math.max(most, this.context.measureText(readings(tiles, probe)[0]).width),
      0,
    );
    const size = Math.min(NUMBER_SIZE, Math.floor((NUMBER_SIZE * 0.88 * layout.scale) / widest));
    return size >= 9 ? font(size) : "";
  }

  private writeNumbers(layout: GridLayout, tile: number, tiles: Tiles, colouring: Colouring): void {
    const { context } = this;
    const { x, y } = tileOrigin(layout, tile);
    context.font = this.numberFont;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const probe of probesOf({ ...tiles, count: 1 })) {
      const place = { ...probe, tile };
      const [value] = valuesAt(tiles, place);
      context.fillStyle = inkOn(paletteColour(colouring.palette, colouring.position(value)));
      const [text] = readings(tiles, place);
      context.fillText(text, x + (probe.column + 0.5) * layout.scale, y + (probe.row + 0.54) * layout.scale);
    }
  }
}

function probesOf({ count, height, width }: Pick<Tiles, "count" | "height" | "width">): Probe[] {
  return Array.from({ length: count * height * width }, (_, i) => ({
    tile: Math.floor(i / (height * width)),
    row: Math.floor(i / width) % height,
    column: i % width,
  }));
}

/** A square outline of whole device pixels; strokes would lie half beside them. */
function frame(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  side: number,
  line: number,
  colour: string,
): void {
  context.fillStyle = colour;
  context.fillRect(x, y, side, line);
  context.fillRect(x, y + side - line, side, line);
  context.fillRect(x, y, line, side);
  context.fillRect(x + side - line, y, line, side);
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("canvas: this browser draws no 2D graphics. Try another browser.");
  return context;
}
