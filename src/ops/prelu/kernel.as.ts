// PReLU of x [n,c,inner]: threads take rows of inner numbers. A row leaves its part of the slope's gradient in a sum of
// its own, so that results do not depend on who computes them.
import { at, firstLanes, high, low, madd64, rowsEach, storeFirst, total } from "../../devices/cpu/lanes.as";
import { fork, jobArguments } from "../../devices/cpu/fork.as";

@unmanaged
class Prelu {
  x: usize; weight: usize; dy: usize; out: usize; sums: usize;
  rows: i32; c: i32; inner: i32; each: i32;
}

@inline
function prelu(): Prelu {
  return changetype<Prelu>(jobArguments());
}

function cut(g: Prelu, n: i32, c: i32, inner: i32): i32 {
  g.rows = n * c; g.c = c; g.inner = inner;
  g.each = rowsEach(g.rows, inner);
  return (g.rows + g.each - 1) / g.each;
}

/** y = x where it is positive, weight times x elsewhere, NaN included. */
export function prelu_f32(x: usize, weight: usize, y: usize, n: i32, c: i32, inner: i32): void {
  const g = prelu();
  g.x = x; g.weight = weight; g.out = y;
  fork(forwardChunk, cut(g, n, c, inner));
}

/** The gradients of x and of the weight; `sums` is memory for n * c doubles. */
export function prelu_f32_backward(dy: usize, x: usize, weight: usize, dx: usize, dw: usize, sums: usize, n: i32, c: i32, inner: i32): void {
  const g = prelu();
  g.dy = dy; g.x = x; g.weight = weight; g.out = dx; g.sums = sums;
  fork(backwardChunk, cut(g, n, c, inner));
  for (let i = 0; i < c; i++) {
    let sum: f64 = 0;
    for (let row = i; row < n * c; row += c) sum += load<f64>(sums + (<usize>row << 3));
    store<f32>(at(dw, i), <f32>sum);
  }
}

@inline
function positive(x: v128): v128 {
  return f32x4.gt(x, f32x4.splat(0));
}

@inline
function valueOf(x: v128, weight: v128): v128 {
  return v128.bitselect(x, f32x4.mul(x, weight), positive(x));
}

function forwardChunk(chunk: i32): void {
  const g = prelu();
  const end = min(g.rows, (chunk + 1) * g.each);
  for (let row = chunk * g.each; row < end; row++)
    forwardRow(at(g.x, row * g.inner), v128.load32_splat(at(g.weight, row % g.c)), at(g.out, row * g.inner), g.inner);
}

function forwardRow(x: usize, weight: v128, y: usize, n: i32): void {
  for (; n >= 4; n -= 4, x += 16, y += 16) v128.store(y, valueOf(v128.load(x), weight));
  if (n > 0) storeFirst(y, valueOf(v128.load(x), weight), n);
}

function backwardChunk(chunk: i32): void {
  const g = prelu();
  const end = min(g.rows, (chunk + 1) * g.each);
  for (let row = chunk * g.each; row < end; row++) {
    const from = row * g.inner;
    const weight = v128.load32_splat(at(g.weight, row % g.c));
    const sum = backwardRow(at(g.dy, from), at(g.x, from), weight, at(g.out, from), g.inner);
    store<f64>(g.sums + (<usize>row << 3), sum);
  }
}

/** The sum of dy times the x that are not positive. */
function backwardRow(dy: usize, x: usize, weight: v128, dx: usize, n: i32): f64 {
  let sumA = f64x2.splat(0), sumB = f64x2.splat(0);
  for (; n >= 4; n -= 4, x += 16, dy += 16, dx += 16) {
    const d = v128.load(dy), some = v128.load(x);
    v128.store(dx, valueOfSlope(d, some, weight));
    const below = v128.andnot(some, positive(some));
    sumA = madd64(low(d), low(below), sumA);
    sumB = madd64(high(d), high(below), sumB);
  }
  if (n > 0) {
    const d = v128.and(v128.load(dy), firstLanes(n)), some = v128.and(v128.load(x), firstLanes(n));
    storeFirst(dx, valueOfSlope(d, some, weight), n);
    const below = v128.andnot(some, positive(some));
    sumA = madd64(low(d), low(below), sumA);
    sumB = madd64(high(d), high(below), sumB);
  }
  return total(f64x2.add(sumA, sumB));
}

@inline
function valueOfSlope(dy: v128, x: v128, weight: v128): v128 {
  return v128.bitselect(dy, f32x4.mul(dy, weight), positive(x));
}
