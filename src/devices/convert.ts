/** Numbers as another dtype, by PyTorch's rules. Wherever a bool or an int32 is made of other numbers, this makes it. */
import { DTypeError } from "../errors";
import { allocate, arrayOf, dtypeOf, type DType, type TypedArray } from "./device";

const LEAST = -(2 ** 31);
const MOST = 2 ** 31 - 1;

/** Whether int32 holds the number: it is whole and not too large. */
export const isInt32 = (value: number): boolean => value === (value | 0);

/** One number as `dtype` has it: 1 for whatever is not 0 (NaN too) in bool, without its fraction in int32. */
export function asDType(caller: string, value: number, dtype: DType): number {
  if (dtype === "bool") return value !== 0 ? 1 : 0;
  return dtype === "int32" ? whole(caller, value) : value;
}

/** @throws DTypeError if the number lies outside int32: there is no int64 that it could become */
function whole(caller: string, value: number): number {
  const cut = Math.trunc(value);
  if (cut >= LEAST && cut <= MOST) return cut;
  throw new DTypeError(
    `${caller}: ${value} is no int32, which holds ${LEAST} to ${MOST}. There is no int64: use float32.`,
  );
}

/**
 * The numbers in an array of `dtype`; the array itself if it has that dtype.
 * @throws DTypeError if a number lies outside int32
 */
export function convert(caller: string, numbers: TypedArray, dtype: DType): TypedArray {
  const from = dtypeOf(numbers);
  if (from === dtype) return numbers;
  // Every number of the narrower dtypes is one of the wider.
  if (dtype === "float32" || dtype === "float64" || from === "bool") return new arrayOf[dtype](numbers);
  const out = allocate(dtype, numbers.length);
  if (dtype === "bool") for (let i = 0; i < out.length; i++) out[i] = numbers[i] !== 0 ? 1 : 0;
  else for (let i = 0; i < out.length; i++) out[i] = whole(caller, numbers[i]);
  return out;
}

/** The array if it holds nothing but 0 and 1, else a copy that does: bytes of other origin may hold 255. */
export function asBools(bytes: Uint8Array): Uint8Array {
  return bytes.every((byte) => byte <= 1) ? bytes : bytes.map((byte) => (byte !== 0 ? 1 : 0));
}

/** What a sum or a product of int32 says that int32 does not hold. */
export function leavesInt32(caller: string, value: number): DTypeError {
  return new DTypeError(
    `${caller}: ${value} is no int32, which holds ${LEAST} to ${MOST}. There is no int64: use x.float() first.`,
  );
}
