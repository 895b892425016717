/** base64 as JSON carries bytes. */

const LETTERS = Uint8Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", (letter) =>
  letter.charCodeAt(0),
);
const PADDING = 61;
/** Whether this machine keeps the lowest byte of a number first, as the text does. */
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** By a table: spreading bytes into `String.fromCharCode` takes ten times as long. */
export function toBase64(bytes: Uint8Array): string {
  const { length } = bytes;
  const text = new Uint8Array(4 * Math.ceil(length / 3));
  let to = 0;
  for (let from = 0; from < length; from += 3) {
    // Beyond the end there is no byte, which counts as 0.
    const three = (bytes[from] << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    text[to++] = LETTERS[three >> 18];
    text[to++] = LETTERS[(three >> 12) & 63];
    text[to++] = from + 1 < length ? LETTERS[(three >> 6) & 63] : PADDING;
    text[to++] = from + 2 < length ? LETTERS[three & 63] : PADDING;
  }
  return new TextDecoder().decode(text);
}

/** @throws DOMException if the text is no base64 */
export function fromBase64(text: string): Uint8Array {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

/** How many bytes the text stands for, without decoding it; NaN if it is no base64. */
export function base64Length(text: string): number {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return NaN;
  return (text.length / 4) * 3 - (text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0);
}

/** Numbers as float32, lowest byte first, whatever this machine's order is. */
export function floatsToBase64(values: ArrayLike<number>): string {
  const floats = values instanceof Float32Array ? values : Float32Array.from(values);
  const bytes = new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
  return toBase64(isLittleEndian ? bytes : swapped(bytes));
}

export function floatsFromBase64(text: string): Float32Array {
  const bytes = fromBase64(text);
  const count = Math.floor(bytes.length / 4);
  return new Float32Array((isLittleEndian ? bytes : swapped(bytes.subarray(0, 4 * count))).buffer, 0, count);
}

/** Each four bytes the other way round. */
function swapped(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.slice().buffer);
  for (let at = 0; at < view.byteLength; at += 4) view.setUint32(at, view.getUint32(at, true), false);
  return new Uint8Array(view.buffer);
}
