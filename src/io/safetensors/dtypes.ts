/** The numbers of a file's dtypes as ours: halves become float32, 64-bit integers int32 if they fit. */
import { DataError } from "../../errors";
import type { DType, TypedArray } from "../../devices/device";

/** Bytes of one number, by dtype of the format. */
export const itemSize = { F64: 8, I64: 8, F32: 4, I32: 4, F16: 2, BF16: 2, U8: 1, BOOL: 1 } as const;
export type FileDType = keyof typeof itemSize;

/** What a tensor of ours is called in the format. */
export const fileDType: Record<DType, FileDType> = {
  float64: "F64",
  float32: "F32",
  int32: "I32",
  bool: "BOOL",
};

const HALF_TINY = 2 ** -24;

/** The number whose IEEE 754 half-precision bits these are. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * HALF_TINY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Bytes with an alignment that typed arrays accept, as a copy of their own; the format is little-endian, as Node's machines. */
const aligned = (bytes: Uint8Array): ArrayBuffer => {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
};

/**
 * The numbers that `bytes` hold.
 * @param what begins the message of an error: "loadSafetensors: tensor a of net.safetensors"
 * @throws DataError if a 64-bit integer does not fit into int32
 */
export function decode(what: string, dtype: FileDType, bytes: Uint8Array): TypedArray {
  const buffer = aligned(bytes);
  switch (dtype) {
    case "F64":
      return new Float64Array(buffer);
    case "F32":
      return new Float32Array(buffer);
    case "F16":
      return Float32Array.from(new Uint16Array(buffer), fromHalf);
    case "BF16": {
      // The upper half of a float32.
      const words = Uint32Array.from(new Uint16Array(buffer), (bits) => bits << 16);
      return new Float32Array(words.buffer);
    }
    case "I32":
      return new Int32Array(buffer);
    case "U8":
      return Int32Array.from(new Uint8Array(buffer));
    case "BOOL":
      return new Uint8Array(buffer).map((value) => (value ? 1 : 0));
    case "I64":
      return narrow(what, new BigInt64Array(buffer));
  }
}

function narrow(what: string, wide: BigInt64Array): Int32Array {
  const out = new Int32Array(wide.length);
  wide.forEach((value, i) => {
    out[i] = Number(BigInt.asIntN(32, value));
    if (BigInt(out[i]) !== value)
      throw new DataError(
        `${what} holds ${value} at position ${i} as a 64-bit integer (expected -2147483648 to 2147483647, ` +
          `because it is read as int32). Save it as float64 instead.`,
      );
  });
  return out;
}
