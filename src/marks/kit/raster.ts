/** Pictures made of pixels. */
import type { Rgb } from "./colours";
import { drawText, LINE_HEIGHT, textWidth } from "./font";

/** Pixels row by row, channels of a pixel side by side. */
export interface Raster {
  width: number;
  height: number;
  /** 1 grey, 3 red-green-blue, 4 with alpha. */
  channels: 1 | 3 | 4;
  bytes: Uint8Array;
}

/** Grey that can be read on a white and on a dark page, which shows through behind it. */
export const TEXT_COLOUR: Rgb = [112, 112, 112];

/** A picture to draw on, transparent at first. What lies outside is cut. */
export class Canvas implements Raster {
  readonly channels = 4;
  readonly bytes: Uint8Array;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.bytes = new Uint8Array(width * height * 4);
  }

  put(x: number, y: number, [red, green, blue]: Rgb): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const at = (y * this.width + x) * 4;
    this.bytes[at] = red;
    this.bytes[at + 1] = green;
    this.bytes[at + 2] = blue;
    this.bytes[at + 3] = 255;
  }

  fill(x: number, y: number, width: number, height: number, colour: Rgb): void {
    for (let row = y; row < y + height; row++)
      for (let column = x; column < x + width; column++) this.put(column, row, colour);
  }

  /** A line of text with its upper left corner at x, y; `scale` pixels a dot. */
  text(words: string, x: number, y: number, scale = 1): void {
    drawText(words, (dotX, dotY) => this.fill(x + dotX * scale, y + dotY * scale, scale, scale, TEXT_COLOUR));
  }

  /** Another picture with its upper left corner at x, y. */
  draw({ width, height, channels, bytes }: Raster, x: number, y: number): void {
    for (let i = 0; i < width * height; i++) {
      const at = i * channels;
      if (channels === 4 && bytes[at + 3] === 0) continue;
      const colour: Rgb =
        channels === 1 ? [bytes[at], bytes[at], bytes[at]] : [bytes[at], bytes[at + 1], bytes[at + 2]];
      this.put(x + (i % width), y + Math.floor(i / width), colour);
    }
  }
}

/** A line of text, and how large a dot of its letters is. */
export interface TextLine {
  words: string;
  scale: number;
}

/** Lines below each other as a picture as wide as the widest of them, each broken between words at `width` pixels. */
export function textPicture(lines: readonly TextLine[], width: number): Canvas {
  const broken = lines.flatMap(({ words, scale }) =>
    breakLine(words, Math.floor(width / scale)).map((part) => ({ words: part, scale })),
  );
  const heights = broken.map(({ scale }) => (LINE_HEIGHT + 3) * scale);
  const widest = Math.max(1, ...broken.map(({ words, scale }) => textWidth(words) * scale));
  const canvas = new Canvas(
    Math.min(width, widest),
    Math.max(
      1,
      heights.reduce((sum, height) => sum + height, 0),
    ),
  );
  let y = 0;
  broken.forEach(({ words, scale }, i) => {
    canvas.text(words, 0, y, scale);
    y += heights[i];
  });
  return canvas;
}

function breakLine(words: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`;
    if (lines.length > 0 && textWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
