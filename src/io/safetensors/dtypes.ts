/** The numbers of a file's dtypes as ours: narrower floats become float32, integers int32 if they fit. */
import { DataError } from "../../errors";
import type { DType, TypedArray } from "../../devices/device";

/** Bytes of one number, by dtype of the format. */
export const itemSize = {
  F64: 8,
  I64: 8,
  U64: 8,
  F32: 4,
  I32: 4,
  U32: 4,
  F16: 2,
  BF16: 2,
  I16: 2,
  U16: 2,
  F8_E4M3: 1,
  F8_E5M2: 1,
  I8: 1,
  U8: 1,
  BOOL: 1,
} as const;
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

/** The number whose eight bits are sign, 4 bits of exponent (bias 7) and 3 of fraction; no infinity, one NaN. */
function fromE4M3(bits: number): number {
  const sign = bits & 0x80 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 3) & 15, bits & 7];
  if (exponent === 15 && fraction === 7) return NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -9 : (1 + fraction / 8) * 2 ** (exponent - 7));
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
 * @throws DataError if an integer does not fit into int32
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
    case "I8":
      return Int32Array.from(new Int8Array(buffer));
    case "I16":
      return Int32Array.from(new Int16Array(buffer));
    case "U16":
      return Int32Array.from(new Uint16Array(buffer));
    case "U32":
      return narrow(what, new Uint32Array(buffer), "an unsigned 32-bit integer");
    case "BOOL":
      return new Uint8Array(buffer).map((value) => (value ? 1 : 0));
    case "I64":
      return narrow(what, new BigInt64Array(buffer), "a 64-bit integer");
    case "U64":
      return narrow(what, new BigUint64Array(buffer), "an unsigned 64-bit integer");
    case "F8_E4M3":
      return Float32Array.from(new Uint8Array(buffer), fromE4M3);
    case "F8_E5M2":
      // The upper half of a half.
      return Float32Array.from(new Uint8Array(buffer), (bits) => fromHalf(bits << 8));
  }
}

function narrow(what: string, wide: ArrayLike<bigint | number>, kind: string): Int32Array {
  const out = new Int32Array(wide.length);
  for (let i = 0; i < wide.length; i++) {
    const value = wide[i];
    out[i] = Number(value);
    if (!(value >= -(2 ** 31) && value < 2 ** 31))
      throw new DataError(
        `${what} holds ${value} at position ${i} as ${kind} (expected -2147483648 to 2147483647, ` +
          `because it is read as int32). Save it as float64 instead.`,
      );
  }
  return out;
}
