// The three transforms of Winograd's convolution F(4x4, 3x3), four tiles or filters at a time, one a lane.
// A 1-D convolution of 6 pixels with 3 taps is a product of polynomials, known from its values at 6 points. The points are
// 0, +-sqrt(1/2), +-sqrt(2) and infinity: with the usual 0, +-1, +-2 the largest error is 5 to 10 times as large, and with
// these it is 2 times that of the plain sum (512 channels: 4e-6 of the largest output, the plain sum 2e-6).
import { madd } from "../../../devices/cpu/tiles.as";

const A: f32 = 0.7071067811865476;
const B: f32 = 1.4142135623730951;

/** Numbers of one transformed tile or filter. */
export const POINTS = 36;

@inline
function times(x: v128, by: f32, sum: v128): v128 {
  return madd(x, f32x4.splat(by), sum);
}

/** Six pixels `d`, `step` bytes apart from each other, to six values, `outStep` bytes apart. */
@inline
function pixels(d0: v128, d1: v128, d2: v128, d3: v128, d4: v128, d5: v128, out: usize, step: usize): void {
  v128.store(out, times(d2, -2.5, f32x4.add(d0, d4)));
  let even = times(d2, -2, d4);
  let odd = times(d1, -2, d3);
  v128.store(out + step, times(odd, A, even));
  v128.store(out + 2 * step, times(odd, -A, even));
  even = times(d2, -0.5, d4);
  odd = times(d1, -0.5, d3);
  v128.store(out + 3 * step, times(odd, B, even));
  v128.store(out + 4 * step, times(odd, -B, even));
  v128.store(out + 5 * step, times(d3, -2.5, f32x4.add(d1, d5)));
}

/**
 * Transforms 6x6 pixels of four tiles, whose first pixels lie at p0 to p3 and whose rows are `row` bytes apart. Value i of
 * the four tiles goes to out + i * step. `temp` is memory for 36 vectors.
 */
@inline
export function transformTiles(p0: usize, p1: usize, p2: usize, p3: usize, row: usize, temp: usize, out: usize, step: usize): void {
  let to = temp;
  for (let r = 0; r < 6; r++, to += 96) {
    const a = v128.load(p0), b = v128.load(p1), c = v128.load(p2), d = v128.load(p3);
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const AB = v128.shuffle<f32>(a, b, 2, 6, 3, 7), CD = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    const ef = v128.shuffle<f32>(v128.load64_zero(p0, 16), v128.load64_zero(p1, 16), 0, 4, 1, 5);
    const gh = v128.shuffle<f32>(v128.load64_zero(p2, 16), v128.load64_zero(p3, 16), 0, 4, 1, 5);
    pixels(
      v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7),
      v128.shuffle<f32>(AB, CD, 0, 1, 4, 5), v128.shuffle<f32>(AB, CD, 2, 3, 6, 7),
      v128.shuffle<f32>(ef, gh, 0, 1, 4, 5), v128.shuffle<f32>(ef, gh, 2, 3, 6, 7),
      to, 16,
    );
    p0 += row;
    p1 += row;
    p2 += row;
    p3 += row;
  }
  for (let s = 0; s < 6; s++, temp += 16, out += step)
    pixels(
      v128.load(temp), v128.load(temp, 96), v128.load(temp, 192), v128.load(temp, 288), v128.load(temp, 384), v128.load(temp, 480),
      out, 6 * step,
    );
}

/** Three taps to six values. */
@inline
function taps(g0: v128, g1: v128, g2: v128, out: usize, step: usize): void {
  v128.store(out, g0);
  let even = times(g0, -2.0 / 3, f32x4.mul(g2, f32x4.splat(-1.0 / 3)));
  v128.store(out + step, times(g1, -A * 2 / 3, even));
  v128.store(out + 2 * step, times(g1, A * 2 / 3, even));
  even = times(g0, 1.0 / 6, f32x4.mul(g2, f32x4.splat(1.0 / 3)));
  v128.store(out + 3 * step, times(g1, B / 6, even));
  v128.store(out + 4 * step, times(g1, -B / 6, even));
  v128.store(out + 5 * step, g2);
}

/** Transforms the 3x3 taps of four filters at p0 to p3, rotated by 180 degrees or not; `temp` is memory for 18 vectors. */
@inline
export function transformFilters(p0: usize, p1: usize, p2: usize, p3: usize, transposed: bool, temp: usize, out: usize, step: usize): void {
  const a = v128.load(p0), b = v128.load(p1), c = v128.load(p2), d = v128.load(p3);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const AB = v128.shuffle<f32>(a, b, 2, 6, 3, 7), CD = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  const e = v128.load(p0, 16), f = v128.load(p1, 16), g = v128.load(p2, 16), h = v128.load(p3, 16);
  const ef = v128.shuffle<f32>(e, f, 0, 4, 1, 5), gh = v128.shuffle<f32>(g, h, 0, 4, 1, 5);
  const EF = v128.shuffle<f32>(e, f, 2, 6, 3, 7), GH = v128.shuffle<f32>(g, h, 2, 6, 3, 7);
  let last = v128.load32_splat(p0, 32);
  last = v128.load_lane<f32>(p1, last, 1, 32);
  last = v128.load_lane<f32>(p2, last, 2, 32);
  last = v128.load_lane<f32>(p3, last, 3, 32);
  const g0 = v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), g1 = v128.shuffle<f32>(ab, cd, 2, 3, 6, 7);
  const g2 = v128.shuffle<f32>(AB, CD, 0, 1, 4, 5), g3 = v128.shuffle<f32>(AB, CD, 2, 3, 6, 7);
  const g4 = v128.shuffle<f32>(ef, gh, 0, 1, 4, 5), g5 = v128.shuffle<f32>(ef, gh, 2, 3, 6, 7);
  const g6 = v128.shuffle<f32>(EF, GH, 0, 1, 4, 5), g7 = v128.shuffle<f32>(EF, GH, 2, 3, 6, 7);
  if (transposed) {
    taps(last, g5, g2, temp, 48);
    taps(g7, g4, g1, temp + 16, 48);
    taps(g6, g3, g0, temp + 32, 48);
  } else {
    taps(g0, g3, g6, temp, 48);
    taps(g1, g4, g7, temp + 16, 48);
    taps(g2, g5, last, temp + 32, 48);
  }
  for (let r = 0; r < 6; r++, temp += 48, out += 6 * step) taps(v128.load(temp), v128.load(temp, 16), v128.load(temp, 32), out, step);
}

/**
 * The 4x4 outputs of four tiles from their 36 sums, `step` bytes apart: 4 vectors a row of outputs, one a tile, to `out`.
 * `temp` is memory for 24 vectors.
 */
@inline
export function transformSums(m: usize, step: usize, bias: v128, temp: usize, out: usize): void {
  let to = temp;
  for (let s = 0; s < 6; s++, m += step, to += 16) {
    const m0 = v128.load(m), m1 = v128.load(m + 6 * step), m2 = v128.load(m + 12 * step);
    const m3 = v128.load(m + 18 * step), m4 = v128.load(m + 24 * step), m5 = v128.load(m + 30 * step);
    const s1 = f32x4.add(m1, m2), s2 = f32x4.add(m3, m4);
    const d1 = f32x4.sub(m1, m2), d2 = f32x4.sub(m3, m4);
    v128.store(to, f32x4.add(m0, f32x4.add(s1, s2)));
    v128.store(to, times(d1, A, f32x4.mul(d2, f32x4.splat(B))), 96);
    v128.store(to, times(s1, 0.5, f32x4.add(s2, s2)), 192);
    v128.store(to, times(d1, A / 2, times(d2, B * 2, m5)), 288);
  }
  for (let r = 0; r < 4; r++, temp += 96, out += 64) {
    const m0 = v128.load(temp), m1 = v128.load(temp, 16), m2 = v128.load(temp, 32);
    const m3 = v128.load(temp, 48), m4 = v128.load(temp, 64), m5 = v128.load(temp, 80);
    const s1 = f32x4.add(m1, m2), s2 = f32x4.add(m3, m4);
    const d1 = f32x4.sub(m1, m2), d2 = f32x4.sub(m3, m4);
    const y0 = f32x4.add(f32x4.add(m0, bias), f32x4.add(s1, s2));
    const y1 = times(d1, A, times(d2, B, bias));
    const y2 = times(s1, 0.5, times(s2, 2, bias));
    const y3 = times(d1, A / 2, times(d2, B * 2, f32x4.add(m5, bias)));
    const ab = v128.shuffle<f32>(y0, y1, 0, 4, 1, 5), cd = v128.shuffle<f32>(y2, y3, 0, 4, 1, 5);
    const AB = v128.shuffle<f32>(y0, y1, 2, 6, 3, 7), CD = v128.shuffle<f32>(y2, y3, 2, 6, 3, 7);
    v128.store(out, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
    v128.store(out, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7), 16);
    v128.store(out, v128.shuffle<f32>(AB, CD, 0, 1, 4, 5), 32);
    v128.store(out, v128.shuffle<f32>(AB, CD, 2, 3, 6, 7), 48);
  }
}
