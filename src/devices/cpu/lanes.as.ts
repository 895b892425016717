// Vectors of four floats, and cutting long arrays into chunks: what elementwise kernels, norms, pools and sums share.

/** Numbers of a chunk at least: with fewer, claiming it takes longer than computing it. */
export const CHUNK_NUMBERS: f64 = 16384;

@inline
export function at(base: usize, index: i32): usize {
  return base + (<usize>index << 2);
}

/** All bits of the first `count` lanes. */
@inline
export function firstLanes(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/** Stores the first `count` lanes, all of them from 4 on: rows end where others begin, which another thread may fill. */
@inline
export function storeFirst(to: usize, value: v128, count: i32): void {
  if (count >= 4) v128.store(to, value);
  else if (count & 2) {
    v128.store_lane<i64>(to, value, 0);
    if (count & 1) v128.store_lane<f32>(to, value, 2, 8);
  } else if (count & 1) v128.store_lane<f32>(to, value, 0);
}

/** The sum of the four lanes. */
@inline
export function sumOf(a: v128): f32 {
  return f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3));
}

/** Lanes 0 and 1 in double precision. */
@inline
export function low(value: v128): v128 {
  return f64x2.promote_low_f32x4(value);
}

/** Lanes 2 and 3 in double precision. */
@inline
export function high(value: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(value, value, 2, 3, 2, 3));
}

/** Two vectors of doubles as one of floats. */
@inline
export function floats(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 1, 4, 5);
}

/** x * y + sum in double precision, in one rounding where relaxed SIMD is compiled in. */
@inline
export function madd64(x: v128, y: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(x, y, sum);
  return f64x2.add(sum, f64x2.mul(x, y));
}

@inline
export function total(sum: v128): f64 {
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** Numbers of a chunk, of `count` in all: a multiple of 4, so that chunks share no vector. */
export function evenly(count: i32, least: f64): i32 {
  const chunks = max(1, <i32>min(<f64>count / least, 1024));
  return max(4, ((count + chunks - 1) / chunks + 3) & ~3);
}

/** Rows, planes or channels of a chunk, of `count` in all that have `each` numbers. */
export function rowsEach(count: i32, each: i32): i32 {
  const chunks = max(1, <i32>min(<f64>count * <f64>each / CHUNK_NUMBERS, min(<f64>count, 1024)));
  return max(1, (count + chunks - 1) / chunks);
}

/** Four rows of numbers side by side: vectors of one of each, as far as `some` has bits, `step` bytes apart. */
export function interleave(p0: usize, p1: usize, p2: usize, p3: usize, length: i32, some: v128, out: usize, step: usize): void {
  for (let i = length >> 2; i > 0; i--) {
    const a = v128.load(p0);
    const b = v128.load(p1);
    const c = v128.load(p2);
    const d = v128.load(p3);
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(out, v128.and(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), some));
    out += step;
    v128.store(out, v128.and(v128.shuffle<f32>(ab, cd, 2, 3, 6, 7), some));
    out += step;
    v128.store(out, v128.and(v128.shuffle<f32>(ef, gh, 0, 1, 4, 5), some));
    out += step;
    v128.store(out, v128.and(v128.shuffle<f32>(ef, gh, 2, 3, 6, 7), some));
    out += step;
    p0 += 16;
    p1 += 16;
    p2 += 16;
    p3 += 16;
  }
  for (let i = length & 3; i > 0; i--) {
    let four = v128.load32_zero(p0);
    four = v128.load_lane<f32>(p1, four, 1);
    four = v128.load_lane<f32>(p2, four, 2);
    four = v128.load_lane<f32>(p3, four, 3);
    v128.store(out, v128.and(four, some));
    p0 += 4;
    p1 += 4;
    p2 += 4;
    p3 += 4;
    out += step;
  }
}
