/** Windows bitmaps: 1, 4 and 8 bits by a palette, also run-length coded, 16, 24 and 32 bits. */
import type { Pixels } from "./pixels";

interface Header {
  width: number;
  height: number;
  /** Whether the first row in the file is the image's last. */
  upwards: boolean;
  bits: number;
  compression: number;
  start: number;
  palette: Uint8Array;
  /** Where the colours are in a number of 16 or 32 bits. */
  masks: number[];
}
const RGB = 0;
const RLE8 = 1;
const RLE4 = 2;
const BITFIELDS = 3;

/** The pixels as RGB; null if the bytes are no bitmap. @throws Error if they end early or are of another kind */
export function readBmp(bytes: Uint8Array): Pixels | null {
  if (bytes.length < 26 || bytes[0] !== 0x42 || bytes[1] !== 0x4d) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = readHeader(view, bytes);
  const { width, height, upwards, compression } = header;
  const indices = compression === RLE8 || compression === RLE4 ? runs(bytes, header) : null;
  const at = indices ? null : reader(view, header);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    const row = upwards ? height - 1 - y : y;
    for (let x = 0; x < width; x++, to += 3) {
      if (at) at(row, x, data, to);
      else if (indices) paint(header.palette, indices[row * width + x], data, to);
    }
  }
  return { data, width, height, channels: 3 };
}

function readHeader(view: DataView, bytes: Uint8Array): Header {
  const size = view.getUint32(14, true);
  const old = size === 12;
  if (!old && (size < 40 || bytes.length < 54)) throw new Error(`its header has ${size} bytes`);
  const width = old ? view.getUint16(18, true) : view.getInt32(18, true);
  const signed = old ? view.getInt16(20, true) : view.getInt32(22, true);
  const bits = view.getUint16(old ? 24 : 28, true);
  const compression = old ? RGB : view.getUint32(30, true);
  const start = view.getUint32(10, true);
  // An alpha mask is no other kind: it is left out.
  const known = compression === 6 ? BITFIELDS : compression;
  if (!(width > 0 && signed !== 0) || ![1, 4, 8, 16, 24, 32].includes(bits) || known > BITFIELDS)
    throw new Error(`it has ${width}x${signed} pixels of ${bits} bits, compression ${compression}`);
  const masks =
    known === BITFIELDS ? [54, 58, 62].map((at) => view.getUint32(at, true)) : bits === 16 ? [0x7c00, 0x3e0, 0x1f] : [];
  const entry = old ? 3 : 4;
  const colours = bits > 8 ? 0 : (!old && view.getUint32(46, true)) || 1 << bits;
  const palette = new Uint8Array(256 * 3);
  for (let i = 0, from = 14 + size; i < colours && from + 2 < bytes.length; i++, from += entry)
    palette.set([bytes[from + 2], bytes[from + 1], bytes[from]], i * 3);
  return {
    width,
    height: Math.abs(signed),
    upwards: signed > 0,
    bits,
    compression: known,
    start,
    palette,
    masks,
  };
}

const paint = (palette: Uint8Array, index: number, out: Uint8Array, to: number): void => {
  for (let c = 0; c < 3; c++) out[to + c] = palette[index * 3 + c];
};

type Reader = (row: number, x: number, out: Uint8Array, to: number) => void;

/** Rows begin at multiples of four bytes. */
function reader(view: DataView, { width, height, bits, start, palette, masks }: Header): Reader {
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (view.byteLength < start + stride * height)
    throw new Error(`it ends early (${view.byteLength} of ${start + stride * height} bytes)`);
  if (bits <= 8)
    return (row, x, out, to) => {
      const byte = view.getUint8(start + row * stride + ((x * bits) >> 3));
      paint(palette, (byte >> (8 - bits - ((x * bits) & 7))) & ((1 << bits) - 1), out, to);
    };
  if (masks.length === 0)
    return (row, x, out, to) => {
      const from = start + row * stride + (x * bits) / 8;
      for (let c = 0; c < 3; c++) out[to + c] = view.getUint8(from + 2 - c);
    };
  const fields = masks.map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    return { mask, shift, most: mask >>> shift || 1 };
  });
  return (row, x, out, to) => {
    const from = start + row * stride + (x * bits) / 8;
    const value = bits === 16 ? view.getUint16(from, true) : view.getUint32(from, true);
    fields.forEach(({ mask, shift, most }, c) => {
      out[to + c] = Math.floor((((value & mask) >>> shift) * 255) / most);
    });
  };
}

/** Indices row by row from runs: a count and an index, or 0 and a command. */
function runs(bytes: Uint8Array, { width, height, compression, start }: Header): Uint8Array {
  const out = new Uint8Array(width * height);
  const half = compression === RLE4;
  let [at, x, row] = [start, 0, 0];
  const put = (index: number): void => {
    if (x < width && row < height) out[row * width + x] = index;
    x++;
  };
  const nibble = (byte: number, i: number): number => (half ? (i % 2 === 0 ? byte >> 4 : byte & 15) : byte);
  while (at + 1 < bytes.length && row < height) {
    const [count, value] = [bytes[at], bytes[at + 1]];
    at += 2;
    if (count > 0) for (let i = 0; i < count; i++) put(nibble(value, i));
    else if (value === 0) [x, row] = [0, row + 1];
    else if (value === 1) return out;
    else if (value === 2) {
      [x, row] = [x + bytes[at], row + bytes[at + 1]];
      at += 2;
    } else {
      for (let i = 0; i < value; i++) put(nibble(bytes[at + (half ? i >> 1 : i)], i));
      const length = half ? Math.ceil(value / 2) : value;
      at += length + (length % 2);
    }
  }
  return out;
}
