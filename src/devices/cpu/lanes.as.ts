// Vectors of four floats, and cutting long arrays into chunks: what elementwise kernels, norms, pools and sums share.

/** Numbers a chunk at least: below, the hand-over to another thread costs more than it saves. */
export const CHUNK_NUMBERS: f64 = 16384;

// @ts-ignore: decorator
@inline
export function at(base: usize, index: i32): usize {
  return base + (<usize>index << 2);
}

/** All bits of the first `count` lanes. */
// @ts-ignore: decorator
@inline
export function firstLanes(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/** Stores the first `count` lanes, all of them from 4 on: rows end where others begin, which another thread may fill. */
// @ts-ignore: decorator
@inline
export function storeFirst(to: usize, value: v128, count: i32): void {
  if (count >= 4) v128.store(to, value);
  else if (count & 2) {
    v128.store_lane<i64>(to, value, 0);
    if (count & 1) v128.store_lane<f32>(to, value, 2, 8);
  } else if (count & 1) v128.store_lane<f32>(to, value, 0);
}

/** The sum of the four lanes. */
// @ts-ignore: decorator
@inline
export function sumOf(a: v128): f32 {
  return f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3));
}

/** Lanes 0 and 1 in double precision. */
// @ts-ignore: decorator
@inline
export function low(value: v128): v128 {
  return f64x2.promote_low_f32x4(value);
}

/** Lanes 2 and 3 in double precision. */
// @ts-ignore: decorator
@inline
export function high(value: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(value, value, 2, 3, 2, 3));
}

/** x * y + sum in double precision, in one rounding where relaxed SIMD is compiled in. */
// @ts-ignore: decorator
@inline
export function madd64(x: v128, y: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(x, y, sum);
  return f64x2.add(sum, f64x2.mul(x, y));
}

// @ts-ignore: decorator
@inline
export function total(sum: v128): f64 {
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** How many of `count` numbers make a chunk: a multiple of 4, so that chunks share no vector. */
export function evenly(count: i32, least: f64): i32 {
  const chunks = max(1, <i32>min(<f64>count / least, 1024));
  return max(4, ((count + chunks - 1) / chunks + 3) & ~3);
}

/** How many of `count` rows, planes or channels of `each` numbers make a chunk. */
export function rowsEach(count: i32, each: i32): i32 {
  const chunks = max(1, <i32>min(<f64>count * <f64>each / CHUNK_NUMBERS, min(<f64>count, 1024)));
  return max(1, (count + chunks - 1) / chunks);
}
