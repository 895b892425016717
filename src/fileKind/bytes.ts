/** Looking into bytes. */

/** Whether the bytes at `at` are these characters or numbers. */
export function has(bytes: Uint8Array, wanted: string | readonly number[], at = 0): boolean {
  if (bytes.length < at + wanted.length) return false;
  for (let i = 0; i < wanted.length; i++)
    if (bytes[at + i] !== (typeof wanted === "string" ? wanted.charCodeAt(i) : wanted[i])) return false;
  return true;
}

/** Bytes from which a text is judged. */
const LOOK = 4096;

/** The first characters of a text; null if the bytes are none: control characters, or no UTF-8. */
export function textOf(bytes: Uint8Array): string | null {
  const utf16 = has(bytes, [0xff, 0xfe]);
  const head = bytes.subarray(0, LOOK);
  try {
    // Streaming, because the last character may be cut.
    const text = new TextDecoder(utf16 ? "utf-16le" : "utf-8", { fatal: true }).decode(head, {
      stream: true,
    });

    return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

/** The first bytes as characters 0 to 255, to look for words in. */
export const charactersOf = (bytes: Uint8Array, count = 1 << 19): string =>
  new TextDecoder("latin1").decode(bytes.subarray(0, count));

/** The names of the first files in a ZIP archive, whose local headers stand before their bytes. */
export function namesInZip(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names: string[] = [];
  for (let at = 0; names.length < 16 && at + 30 <= bytes.length && has(bytes, "PK\u0003\u0004", at);) {
    const nameLength = view.getUint16(at + 26, true);
    names.push(new TextDecoder().decode(bytes.subarray(at + 30, at + 30 + nameLength)));
    const next = at + 30 + nameLength + view.getUint16(at + 28, true) + view.getUint32(at + 18, true);
    // Sizes can stand behind the bytes instead, or in a wider field.
    at = has(bytes, "PK\u0003\u0004", next) ? next : following(bytes, at + 30);
  }
  return names;
}

function following(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 4 <= bytes.length; at++)
    if (bytes[at] === 0x50 && has(bytes, "PK\u0003\u0004", at)) return at;
  return bytes.length;
}

/**
 * The numbers of the fields of a protobuf message, by their wire format; null if the bytes are none. `whole` is whether the
 * last field ends where the bytes end.
 */
export function protobufFields(bytes: Uint8Array): { fields: Set<number>; whole: boolean } | null {
  const fields = new Set<number>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (at >= bytes.length) return NaN;
      const byte = bytes[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    return NaN;
  };
  while (at < bytes.length) {
    const key = varint();
    const [field, type] = [Math.floor(key / 8), key % 8];
    if (!(field >= 1 && field < 100)) return null;
    fields.add(field);
    if (type === 0) varint();
    else if (type === 1) at += 8;
    else if (type === 5) at += 4;
    else if (type === 2) {
      const length = varint();
      at += length;
    } else return null;
    if (!(at <= bytes.length)) return { fields, whole: false };
  }
  return fields.size > 0 ? { fields, whole: true } : null;
}
