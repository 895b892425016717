// Bools, a byte each, beside vectors of four 4-byte numbers.

/** All bits of the lanes whose bool, one of the four at `from`, is true. */
@inline
export function lanesOf(from: usize): v128 {
  const bytes = v128.load32_zero(from);
  const four = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes));
  return i32x4.ne(four, i32x4.splat(0));
}

/** The four bools, in the lowest four bytes, that lanes with all bits or none stand for. */
@inline
export function bytesOf(lanes: v128): v128 {
  const ones = v128.and(lanes, i32x4.splat(1));
  const halves = i16x8.narrow_i32x4_s(ones, ones);
  return i8x16.narrow_i16x8_u(halves, halves);
}

/** Stores the first `count` of four bools, all of them from 4 on. */
@inline
export function storeBytes(to: usize, bytes: v128, count: i32): void {
  if (count >= 4) v128.store_lane<i32>(to, bytes, 0);
  else {
    if (count & 2) v128.store_lane<i16>(to, bytes, 0);
    if (count & 1) store<u8>(to + (count & 2), <u8>(i32x4.extract_lane(bytes, 0) >> ((count & 2) << 3)));
  }
}
