/** PNG files, as every program shows them: 8 bits a channel, compressed with node's zlib. */
import { deflateSync } from "node:zlib";

/** Pixels row by row, channels of a pixel side by side. */
export interface Raster {
  width: number;
  height: number;
  /** 1 grey, 3 red-green-blue, 4 with alpha, or numbers of colours if there is a `palette`. */
  channels: 1 | 3 | 4;
  bytes: Uint8Array;
  /** At most 256 colours of four bytes (red, green, blue, alpha) that the bytes of a one-channel raster stand for. */
  palette?: Uint8Array;
}

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
const COLOUR_TYPE = { 1: 0, 3: 2, 4: 6 };
const PALETTE_TYPE = 3;

/**
 * The bytes of a PNG file with these pixels.
 * @throws RangeError if the bytes do not fill the size
 * @see PNG specification, third edition, https://www.w3.org/TR/png-3/
 */
export function encodePng(raster: Raster): Uint8Array {
  const { width, height, channels, bytes, palette } = raster;
  if (bytes.length !== width * height * channels)
    throw new RangeError(`encodePng: ${bytes.length} bytes do not fill ${width}x${height}x${channels}.`);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = palette ? PALETTE_TYPE : COLOUR_TYPE[channels];
  const chunks = [Buffer.from(SIGNATURE), chunk("IHDR", header)];
  if (palette) {
    const colours = Array.from({ length: palette.length / 4 }, (_, i) => palette.subarray(i * 4, i * 4 + 4));
    chunks.push(chunk("PLTE", Buffer.from(colours.flatMap(([red, green, blue]) => [red, green, blue]))));
    chunks.push(chunk("tRNS", Buffer.from(colours.map(([, , , alpha]) => alpha))));
  }
  chunks.push(chunk("IDAT", deflateSync(filterRows(raster), { level: 9 })), chunk("IEND", Buffer.alloc(0)));
  return Buffer.concat(chunks);
}

/** The same in base64, as bundles carry it. */
export function pngBase64(raster: Raster): string {
  return Buffer.from(encodePng(raster)).toString("base64");
}

/** Each row as its difference from the row above (filter "Up"), which turns enlarged pixels into zeros. */
function filterRows({ width, height, channels, bytes }: Raster): Uint8Array {
  const length = width * channels;
  const out = new Uint8Array(height * (length + 1));
  for (let y = 0; y < height; y++) {
    const from = y * length;
    const to = y * (length + 1);
    out[to] = 2;
    for (let i = 0; i < length; i++)
      out[to + 1 + i] = bytes[from + i] - (y > 0 ? bytes[from + i - length] : 0);
  }
  return out;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, "latin1");
  out.set(data, 8);
  out.writeUInt32BE(crc32(out.subarray(4, data.length + 8)), data.length + 8);
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
