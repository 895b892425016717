/** PNG files, as every program shows them: 8 bits a channel. */
import { zlibSync } from "fflate";
import { toBase64 } from "./base64";
import type { Raster } from "./raster";

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
const COLOUR_TYPE = { 1: 0, 3: 2, 4: 6 };
const PALETTE_TYPE = 3;
/** Filters of rows. Differences of colours are small, those of their numbers in a palette are not. */
const [NONE, UP] = [0, 2];
/** Of compression, 0 to 9: a higher one takes up to ten times as long for a hundredth of the size. */
const LEVEL = 6;

/**
 * The bytes of a PNG file with these pixels. At most 256 colours with alpha become a palette, a quarter of the size.
 * @throws RangeError if the bytes do not fill the size
 * @see PNG specification, third edition, https://www.w3.org/TR/png-3/
 */
export function encodePng(raster: Raster): Uint8Array {
  const { width, height, channels, bytes } = raster;
  if (bytes.length !== width * height * channels)
    throw new RangeError(`encodePng: ${bytes.length} bytes do not fill ${width}x${height}x${channels}.`);
  const indexed = channels === 4 ? indexColours(bytes) : null;
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  header[8] = 8;
  header[9] = indexed ? PALETTE_TYPE : COLOUR_TYPE[channels];
  const rows = indexed ? filterRows(indexed.bytes, width, NONE) : filterRows(bytes, width * channels, UP);
  return joined([
    Uint8Array.from(SIGNATURE),
    chunk("IHDR", header),
    ...(indexed ? [chunk("PLTE", indexed.colours), chunk("tRNS", indexed.alphas)] : []),
    chunk("IDAT", zlibSync(rows, { level: LEVEL })),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

/** The picture as an address that an SVG and a page may carry. */
export const pngUrl = (raster: Raster): string => `data:image/png;base64,${toBase64(encodePng(raster))}`;

interface Indexed {
  bytes: Uint8Array;
  colours: Uint8Array;
  alphas: Uint8Array;
}

/** RGBA pixels as numbers of colours; null if there are more than 256. */
function indexColours(rgba: Uint8Array): Indexed | null {
  const numbers = new Map<number, number>();
  const bytes = new Uint8Array(rgba.length / 4);
  const view = new DataView(rgba.buffer, rgba.byteOffset, rgba.byteLength);
  for (let i = 0; i < bytes.length; i++) {
    const colour = view.getUint32(i * 4);
    let number = numbers.get(colour);
    if (number === undefined) {
      if (numbers.size === 256) return null;
      numbers.set(colour, (number = numbers.size));
    }
    bytes[i] = number;
  }
  const colours = [...numbers.keys()];
  return {
    bytes,
    colours: Uint8Array.from(colours.flatMap((colour) => [colour >>> 24, (colour >> 16) & 255, (colour >> 8) & 255])),
    alphas: Uint8Array.from(colours.map((colour) => colour & 255)),
  };
}

/** Each row behind the number of its filter: as it is, or as its difference from the row above, which turns enlarged pixels into zeros. */
function filterRows(bytes: Uint8Array, rowLength: number, filter: number): Uint8Array {
  const height = bytes.length / rowLength;
  const out = new Uint8Array(height * (rowLength + 1));
  for (let y = 0; y < height; y++) {
    const from = y * rowLength;
    const to = y * (rowLength + 1);
    out[to] = filter;
    out.set(bytes.subarray(from, from + rowLength), to + 1);
    if (filter === UP && y > 0) for (let i = 0; i < rowLength; i++) out[to + 1 + i] -= bytes[from + i - rowLength];
  }
  return out;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length + 12);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) out[4 + i] = type.charCodeAt(i);
  out.set(data, 8);
  view.setUint32(data.length + 8, crc32(out.subarray(4, data.length + 8)));
  return out;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let to = 0;
  for (const part of parts) {
    out.set(part, to);
    to += part.length;
  }
  return out;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
