// Elementary functions of four floats, for which WebAssembly has no instructions. NaN stays NaN.
import { madd } from "./tiles.as";

@inline
function c(value: f32): v128 {
  return f32x4.splat(value);
}

/** exp(r) - 1 for |r| <= ln(2)/2, by Cephes' polynomial: within 1e-7 of it. */
@inline
function expm1Near0(r: v128): v128 {
  let p = madd(c(1.987569150e-4), r, c(1.3981999507e-3));
  p = madd(p, r, c(8.3334519073e-3));
  p = madd(p, r, c(4.1665795894e-2));
  p = madd(p, r, c(1.6666665459e-1));
  p = madd(p, r, c(5.0000001201e-1));
  return madd(p, f32x4.mul(r, r), r);
}

/** x less n times ln(2), in two steps: the first factor has few enough bits for an exact product. */
@inline
function rest(x: v128, n: v128): v128 {
  return madd(n, c(2.12194440e-4), madd(n, c(-0.693359375), x));
}

/** 1.5 * 2^23: a float of this size has no digits behind the point, so adding it rounds, and leaves the whole number below. */
const ROUNDER: f32 = 12582912;
const ROUNDER_BITS = 0x4b400000;

/** 2 to the power of whole numbers from -126 to 127. */
@inline
function power2(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

/** x between two bounds. Other than min and max, these are one instruction each; NaN stays because it stands first. */
@inline
function held(x: v128, least: f32, most: f32): v128 {
  return f32x4.pmin(f32x4.pmax(x, c(least)), c(most));
}

/** exp(x) to 1e-6 of it, infinity and the smallest numbers included. */
@inline
export function exp4(x: v128): v128 {
  const near = held(x, -104, 89);
  const rounded = madd(near, c(1.44269504088896341), c(ROUNDER));
  const y = expm1Near0(rest(near, f32x4.sub(rounded, c(ROUNDER))));
  // Two factors, because 2^n alone may be too large or too small for a float.
  const whole = i32x4.sub(rounded, i32x4.splat(ROUNDER_BITS));
  const half = i32x4.shr_s(whole, 1);
  const factor = power2(half);
  return f32x4.mul(madd(y, factor, factor), power2(i32x4.sub(whole, half)));
}

/** exp(x) - 1, which does not lose the digits of a small x; for x up to 88. */
@inline
export function expm1(x: v128): v128 {
  const near = held(x, -30, 88);
  const rounded = madd(near, c(1.44269504088896341), c(ROUNDER));
  const factor = power2(i32x4.sub(rounded, i32x4.splat(ROUNDER_BITS)));
  return madd(factor, expm1Near0(rest(near, f32x4.sub(rounded, c(ROUNDER)))), f32x4.sub(factor, c(1)));
}

@inline
export function sigmoid4(x: v128): v128 {
  return f32x4.div(c(1), f32x4.add(c(1), exp4(f32x4.neg(x))));
}

/** e / (e + 2) of e = exp(2|x|) - 1, with the sign of x. */
@inline
export function tanh4(x: v128): v128 {
  const size = f32x4.pmin(f32x4.abs(x), c(20));
  const e = expm1(f32x4.add(size, size));
  const y = f32x4.div(e, f32x4.add(e, c(2)));
  return v128.or(y, v128.and(x, c(-0.0)));
}

/** 1 minus the error function, to 2e-7 of it where it is not tiny. Press et al., Numerical Recipes, "erfcc". */
@inline
function erfc(x: v128): v128 {
  const z = f32x4.abs(x);
  const t = f32x4.div(c(1), madd(z, c(0.5), c(1)));
  let p = madd(t, c(0.17087277), c(-0.82215223));
  p = madd(p, t, c(1.48851587));
  p = madd(p, t, c(-1.13520398));
  p = madd(p, t, c(0.27886807));
  p = madd(p, t, c(-0.18628806));
  p = madd(p, t, c(0.09678418));
  p = madd(p, t, c(0.37409196));
  p = madd(p, t, c(1.00002368));
  p = madd(p, t, c(-1.26551223));
  const y = f32x4.mul(t, exp4(f32x4.sub(p, f32x4.mul(z, z))));
  return v128.bitselect(f32x4.sub(c(2), y), y, f32x4.lt(x, c(0)));
}

/** The probability that a standard normal number lies below x. */
@inline
export function normalBelow(x: v128): v128 {
  return f32x4.mul(c(0.5), erfc(f32x4.mul(x, c(-0.7071067811865476))));
}
