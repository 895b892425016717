/** All that displays ask of a page. */

const LARGEST_BLOCK = 65535;

/**
 * Bytes in zlib's format, not made smaller: browsers compress asynchronously alone, and displays are made at once.
 * @see RFC 1950 and RFC 1951, "Non-compressed blocks"
 */
export function deflate(bytes: Uint8Array): Uint8Array {
  const blocks = Math.max(1, Math.ceil(bytes.length / LARGEST_BLOCK));
  const out = new Uint8Array(2 + blocks * 5 + bytes.length + 4);
  const view = new DataView(out.buffer);
  out.set([0x78, 0x01]);
  let to = 2;
  for (let block = 0; block < blocks; block++) {
    const part = bytes.subarray(block * LARGEST_BLOCK, (block + 1) * LARGEST_BLOCK);
    out[to] = block === blocks - 1 ? 1 : 0;
    view.setUint16(to + 1, part.length, true);
    view.setUint16(to + 3, ~part.length & 0xffff, true);
    out.set(part, to + 5);
    to += 5 + part.length;
  }
  view.setUint32(to, adler32(bytes));
  return out;
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  // In parts, because all bytes as arguments of one call would be too many.
  for (let from = 0; from < bytes.length; from += 8192)
    text += String.fromCharCode(...bytes.subarray(from, from + 8192));
  return btoa(text);
}

export const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** Not crypto.randomUUID, which pages have on https and localhost alone. */
export const uniqueName = (): string => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
