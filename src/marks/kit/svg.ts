/** Pieces of SVG, and a whole one as a picture. */
import { escaped } from "../../text/html";

export interface Svg {
  width: number;
  height: number;
  /** The whole `<svg>` element. */
  svg: string;
}

/** Ink for a white ground. */
export const [INK, MUTED, FAINT] = ["#222", "#555", "#e3e3e3"];
const FONT = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";

/** A picture on white, with its name for a screen reader; the font is 13 pixels high. */
export function svgPicture(width: number, height: number, name: string, parts: readonly string[]): Svg {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `role="img" aria-label="${escaped(name)}" font-family="${FONT}" font-size="13" fill="${MUTED}">` +
    `<rect width="${width}" height="${height}" fill="#fff"/>${parts.filter(Boolean).join("")}</svg>`;
  return { width, height, svg };
}

export const stroke = (x1: number, y1: number, x2: number, y2: number, colour: string): string =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}"/>`;

export const svgText = (words: string, x: number, y: number, anchor: "start" | "middle" | "end", more = ""): string =>
  `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}"${more && ` ${more}`}>${escaped(words)}</text>`;

/** Tenths of a pixel are all that is seen. */
export const round = (value: number): number => Math.round(value * 10) / 10;
