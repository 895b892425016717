/** Netpbm's images: PBM, PGM and PPM, as numbers in words (P1 to P3) or in bytes (P4 to P6). */
import type { Pixels } from "./pixels";

/** The pixels; null if the bytes are no such image. @throws Error if they end early */
export function readNetpbm(bytes: Uint8Array): Pixels | null {
  const kind = bytes[0] === 0x50 ? bytes[1] - 0x30 : 0;
  if (!(kind >= 1 && kind <= 6) || bytes.length < 3) return null;
  const words = new Words(bytes, 2);
  const [width, height] = [words.next(), words.next()];
  const isBitmap = kind === 1 || kind === 4;
  const most = isBitmap ? 1 : words.next();
  if (!(width > 0 && height > 0 && most > 0 && most < 65536))
    throw new Error(`its header says ${width}x${height} pixels of at most ${most}`);
  const channels = kind % 3 === 0 ? 3 : 1;
  const count = width * height * channels;
  const numbers =
    kind <= 3 ? words.numbers(count, isBitmap) : inBytes(bytes, words.at + 1, { width, count, most, isBitmap });
  // Grey beyond bytes stays finer, as PIL keeps it.
  const full = channels === 1 && most > 255 ? 65535 : 255;
  const data = full === 255 ? new Uint8Array(count) : new Uint16Array(count);
  for (let i = 0; i < count; i++)
    data[i] = isBitmap ? (numbers[i] ? 0 : 255) : Math.min(full, Math.round((numbers[i] / most) * full));
  return { data, width, height, channels };
}

function inBytes(
  bytes: Uint8Array,
  start: number,
  { width, count, most, isBitmap }: { width: number; count: number; most: number; isBitmap: boolean },
): ArrayLike<number> {
  const rowBytes = Math.ceil(width / 8);
  const wanted = isBitmap ? (count / width) * rowBytes : count * (most > 255 ? 2 : 1);
  if (bytes.length - start < wanted)
    throw new Error(`it ends early (${bytes.length - start} of ${wanted} bytes of pixels)`);
  const body = bytes.subarray(start, start + wanted);
  if (isBitmap)
    return Uint8Array.from({ length: count }, (_, i) => {
      const [row, column] = [Math.floor(i / width), i % width];
      return (body[row * rowBytes + (column >> 3)] >> (7 - (column & 7))) & 1;
    });
  return most > 255 ? Uint16Array.from({ length: count }, (_, i) => body[2 * i] * 256 + body[2 * i + 1]) : body;
}

/** Numbers between blanks; from # to the end of a line stands a comment. */
class Words {
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
  ) {}
  /** The next number; NaN at the end. */
  next(digits = Infinity): number {
    const { bytes } = this;
    while (this.at < bytes.length && (bytes[this.at] <= 0x20 || bytes[this.at] === 0x23))
      if (bytes[this.at] === 0x23) while (this.at < bytes.length && bytes[this.at] !== 0x0a) this.at++;
      else this.at++;
    let value = NaN;
    for (let n = 0; n < digits && bytes[this.at] >= 0x30 && bytes[this.at] <= 0x39; n++)
      value = (value || 0) * 10 + bytes[this.at++] - 0x30;
    return value;
  }
  /** A bitmap's digits may stand without blanks. */
  numbers(count: number, isBitmap: boolean): Float64Array {
    const out = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      out[i] = this.next(isBitmap ? 1 : Infinity);
      if (Number.isNaN(out[i])) throw new Error(`it ends early (${i} of ${count} numbers)`);
    }
    return out;
  }
}
