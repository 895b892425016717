// Group normalisation of x [rows,channels,inner]: each row by its own mean and variance. Threads take rows, which stay in
// the cache for the second and third pass. Sums run in double precision. Where channels are single numbers of one group
// (a layer norm), weights are read as vectors, and their gradients are sums of columns, in a job of their own.
import { at, firstLanes, floats, high, low, madd64, rowsEach, storeFirst, total } from "../../devices/cpu/lanes.as";
import { fork, jobArguments } from "../../devices/cpu/fork.as";
import { madd } from "../../devices/cpu/tiles.as";

@unmanaged
class GroupNorm {
  x: usize; dy: usize; out: usize;
  mean: usize; variance: usize; weight: usize; bias: usize;
  dWeight: usize; dBias: usize; sums: usize;
  rows: i32; groups: i32; channels: i32; inner: i32; each: i32;
  eps: f64;
}

@inline
function norm(): GroupNorm {
  return changetype<GroupNorm>(jobArguments());
}

function cut(g: GroupNorm, rows: i32, groups: i32, channels: i32, inner: i32): i32 {
  g.rows = rows; g.groups = groups; g.channels = channels; g.inner = inner;
  g.each = rowsEach(rows, channels * inner);
  return (rows + g.each - 1) / g.each;
}

/** y = (x - mean) / sqrt(variance + eps) * weight + bias; mean and (biased) variance of each row are stored. */
export function group_norm_f32(
  x: usize, y: usize, mean: usize, variance: usize, weight: usize, bias: usize,
  rows: i32, groups: i32, channels: i32, inner: i32, eps: f64,
): void {
  const g = norm();
  g.x = x; g.out = y; g.mean = mean; g.variance = variance; g.weight = weight; g.bias = bias; g.eps = eps;
  fork(forwardChunk, cut(g, rows, groups, channels, inner));
}

function forwardChunk(chunk: i32): void {
  const g = norm();
  const end = min(g.rows, (chunk + 1) * g.each);
  const length = g.channels * g.inner;
  for (let row = chunk * g.each; row < end; row++) {
    let x = at(g.x, row * length), y = at(g.out, row * length);
    const mean = sumAbout(x, 0, length) / <f64>length;
    const variance = squaresAbout(x, mean, length) / <f64>length;
    store<f32>(at(g.mean, row), <f32>mean);
    store<f32>(at(g.variance, row), <f32>variance);
    const scale = 1 / Math.sqrt(variance + g.eps);
    const first = (row % g.groups) * g.channels;
    if (g.inner == 1) {
      affineEach(x, y, <f32>mean, <f32>scale, at(g.weight, first), at(g.bias, first), length);
      continue;
    }
    for (let c = first; c < first + g.channels; c++, x += <usize>g.inner << 2, y += <usize>g.inner << 2)
      affine(x, y, <f32>mean, <f32>(scale * <f64>load<f32>(at(g.weight, c))), load<f32>(at(g.bias, c)), g.inner);
  }
}

/** The sum of x - middle. */
function sumAbout(x: usize, middle: f64, n: i32): f64 {
  const m = f64x2.splat(middle);
  let a = f64x2.splat(0), b = f64x2.splat(0), c = f64x2.splat(0), d = f64x2.splat(0);
  for (; n >= 8; n -= 8, x += 32) {
    const first = v128.load(x), second = v128.load(x, 16);
    a = f64x2.add(a, f64x2.sub(low(first), m));
    b = f64x2.add(b, f64x2.sub(high(first), m));
    c = f64x2.add(c, f64x2.sub(low(second), m));
    d = f64x2.add(d, f64x2.sub(high(second), m));
  }
  let sum = total(f64x2.add(f64x2.add(a, b), f64x2.add(c, d)));
  for (; n > 0; n--, x += 4) sum += <f64>load<f32>(x) - middle;
  return sum;
}

/** The sum of (x - middle)^2. */
function squaresAbout(x: usize, middle: f64, n: i32): f64 {
  const m = f64x2.splat(middle);
  let a = f64x2.splat(0), b = f64x2.splat(0), c = f64x2.splat(0), d = f64x2.splat(0);
  for (; n >= 8; n -= 8, x += 32) {
    const first = v128.load(x), second = v128.load(x, 16);
    const p = f64x2.sub(low(first), m), q = f64x2.sub(high(first), m);
    const r = f64x2.sub(low(second), m), s = f64x2.sub(high(second), m);
    a = madd64(p, p, a);
    b = madd64(q, q, b);
    c = madd64(r, r, c);
    d = madd64(s, s, d);
  }
  let sum = total(f64x2.add(f64x2.add(a, b), f64x2.add(c, d)));
  for (; n > 0; n--, x += 4) {
    const away = <f64>load<f32>(x) - middle;
    sum += away * away;
  }
  return sum;
}

/** (x - mean) * scale + bias, with one scale and bias. */
function affine(x: usize, y: usize, mean: f32, scale: f32, bias: f32, n: i32): void {
  const m = f32x4.splat(mean), s = f32x4.splat(scale), b = f32x4.splat(bias);
  for (; n >= 4; n -= 4, x += 16, y += 16) v128.store(y, madd(f32x4.sub(v128.load(x), m), s, b));
  if (n > 0) storeFirst(y, madd(f32x4.sub(v128.load(x), m), s, b), n);
}

/** (x - mean) * scale * weight + bias, with a weight and a bias for each number. */
function affineEach(x: usize, y: usize, mean: f32, scale: f32, weight: usize, bias: usize, n: i32): void {
  const m = f32x4.splat(mean), s = f32x4.splat(scale);
  for (; n >= 4; n -= 4, x += 16, y += 16, weight += 16, bias += 16)
    v128.store(y, madd(f32x4.mul(f32x4.sub(v128.load(x), m), s), v128.load(weight), v128.load(bias)));
  if (n > 0) storeFirst(y, madd(f32x4.mul(f32x4.sub(v128.load(x), m), s), v128.load(weight), v128.load(bias)), n);
}

/**
 * The gradients of x, weight and bias. `sums` is memory for two doubles for each channel of each row; where groups and
 * inner are 1, for one a row.
 */
export function group_norm_f32_backward(
  dy: usize, x: usize, dx: usize, mean: usize, variance: usize, weight: usize, dWeight: usize, dBias: usize, sums: usize,
  rows: i32, groups: i32, channels: i32, inner: i32, eps: f64,
): void {
  const g = norm();
  g.dy = dy; g.x = x; g.out = dx; g.mean = mean; g.variance = variance; g.weight = weight; g.eps = eps;
  g.dWeight = dWeight; g.dBias = dBias; g.sums = sums;
  const chunks = cut(g, rows, groups, channels, inner);
  if (groups == 1 && inner == 1) {
    fork(layerBackwardChunk, chunks);
    // Sixteen columns are a cache line.
    g.each = rowsEach((channels + 15) / 16, 16 * rows) * 16;
    fork(columnsChunk, (channels + g.each - 1) / g.each);
    return;
  }
  fork(groupsBackwardChunk, chunks);
  for (let c = 0; c < groups * channels; c++) {
    let ofWeight: f64 = 0, ofBias: f64 = 0;
    for (let i = c; i < rows * channels; i += groups * channels) {
      ofWeight += load<f64>(sums + (<usize>i << 4));
      ofBias += load<f64>(sums + (<usize>i << 4), 8);
    }
    store<f32>(at(dWeight, c), <f32>ofWeight);
    store<f32>(at(dBias, c), <f32>ofBias);
  }
}

@inline
function scaleOf(g: GroupNorm, row: i32): f64 {
  return 1 / Math.sqrt(<f64>load<f32>(at(g.variance, row)) + g.eps);
}

function groupsBackwardChunk(chunk: i32): void {
  const g = norm();
  const end = min(g.rows, (chunk + 1) * g.each);
  const length = g.channels * g.inner;
  const step = <usize>g.inner << 2;
  for (let row = chunk * g.each; row < end; row++) {
    const mean = load<f32>(at(g.mean, row)), scale = scaleOf(g, row);
    const first = (row % g.groups) * g.channels;
    let dy = at(g.dy, row * length), x = at(g.x, row * length), dx = at(g.out, row * length);
    let to = g.sums + (<usize>(row * g.channels) << 4);
    let sum: f64 = 0, product: f64 = 0;
    for (let c = first; c < first + g.channels; c++, dy += step, x += step, to += 16) {
      const weight = <f64>load<f32>(at(g.weight, c));
      const ofBias = sumAbout(dy, 0, g.inner), ofWeight = dotAbout(dy, x, mean, g.inner) * scale;
      store<f64>(to, ofWeight);
      store<f64>(to, ofBias, 8);
      sum += weight * ofBias;
      product += weight * ofWeight;
    }
    // Mean and variance depend on every x of the row, which takes away from its gradient.
    const slope = <f32>(-scale * scale * product / <f64>length), common = <f32>(sum / <f64>length);
    dy = at(g.dy, row * length);
    x = at(g.x, row * length);
    for (let c = first; c < first + g.channels; c++, dy += step, x += step, dx += step)
      slant(dy, x, dx, load<f32>(at(g.weight, c)), mean, <f32>scale, slope, common, g.inner);
  }
}

/** The sum of dy * (x - mean). */
function dotAbout(dy: usize, x: usize, mean: f32, n: i32): f64 {
  const m = f64x2.splat(mean);
  let a = f64x2.splat(0), b = f64x2.splat(0);
  for (; n >= 4; n -= 4, x += 16, dy += 16) {
    const d = v128.load(dy), some = v128.load(x);
    a = madd64(low(d), f64x2.sub(low(some), m), a);
    b = madd64(high(d), f64x2.sub(high(some), m), b);
  }
  let sum = total(f64x2.add(a, b));
  for (; n > 0; n--, x += 4, dy += 4) sum += <f64>load<f32>(dy) * (<f64>load<f32>(x) - <f64>mean);
  return sum;
}

/** dx = (dy * weight - common) * scale + (x - mean) * slope. The difference first: where it cancels, nothing is left to scale. */
function slant(dy: usize, x: usize, dx: usize, weight: f32, mean: f32, scale: f32, slope: f32, common: f32, n: i32): void {
  const w = f32x4.splat(weight), m = f32x4.splat(mean), s = f32x4.splat(scale), t = f32x4.splat(slope), c = f32x4.splat(common);
  for (; n >= 4; n -= 4, dy += 16, x += 16, dx += 16)
    v128.store(dx, slanted(f32x4.mul(v128.load(dy), w), f32x4.sub(v128.load(x), m), s, t, c));
  if (n > 0) storeFirst(dx, slanted(f32x4.mul(v128.load(dy), w), f32x4.sub(v128.load(x), m), s, t, c), n);
}

@inline
function slanted(d: v128, away: v128, scale: v128, slope: v128, common: v128): v128 {
  return madd(f32x4.sub(d, common), scale, f32x4.mul(away, slope));
}

function layerBackwardChunk(chunk: i32): void {
  const g = norm();
  const end = min(g.rows, (chunk + 1) * g.each);
  for (let row = chunk * g.each; row < end; row++) layerBackward(g, row, at(g.dy, row * g.channels), at(g.x, row * g.channels));
}

function layerBackward(g: GroupNorm, row: i32, dy: usize, x: usize): void {
  const n = g.channels;
  const mean = load<f32>(at(g.mean, row)), scale = scaleOf(g, row);
  store<f64>(g.sums + (<usize>row << 3), scale);
  const means = f64x2.splat(mean);
  let sumA = f64x2.splat(0), sumB = f64x2.splat(0), dotA = f64x2.splat(0), dotB = f64x2.splat(0);
  for (let i = 0; i < n; i += 4) {
    const mask = firstLanes(n - i);
    const from = <usize>i << 2;
    const d = v128.and(f32x4.mul(v128.load(dy + from), v128.load(g.weight + from)), mask), some = v128.and(v128.load(x + from), mask);
    sumA = f64x2.add(sumA, low(d));
    sumB = f64x2.add(sumB, high(d));
    dotA = madd64(low(d), f64x2.sub(low(some), means), dotA);
    dotB = madd64(high(d), f64x2.sub(high(some), means), dotB);
  }
  const sum = total(f64x2.add(sumA, sumB)), product = total(f64x2.add(dotA, dotB)) * scale;
  const slope = <f32>(-scale * scale * product / <f64>n), common = <f32>(sum / <f64>n);
  slantEach(dy, x, at(g.out, row * n), g.weight, mean, <f32>scale, slope, common, n);
}

/** dx = (dy * weight - common) * scale + (x - mean) * slope, with a weight for each number. */
function slantEach(dy: usize, x: usize, dx: usize, weight: usize, mean: f32, scale: f32, slope: f32, common: f32, n: i32): void {
  const m = f32x4.splat(mean), s = f32x4.splat(scale), t = f32x4.splat(slope), c = f32x4.splat(common);
  for (; n > 0; n -= 4, dy += 16, x += 16, dx += 16, weight += 16) {
    const d = f32x4.mul(v128.load(dy), v128.load(weight));
    storeFirst(dx, slanted(d, f32x4.sub(v128.load(x), m), s, t, c), n);
  }
}

/** The gradients of weights and biases of single numbers: sums over all rows, eight columns at a time. */
function columnsChunk(chunk: i32): void {
  const g = norm();
  const end = min(g.channels, (chunk + 1) * g.each);
  for (let c = chunk * g.each; c < end; c += 8) columns(g, c, min(8, end - c));
}

function columns(g: GroupNorm, c: i32, width: i32): void {
  const step = <usize>g.channels << 2;
  const wide = width > 4 ? 16 : 0;
  let dy = at(g.dy, c), x = at(g.x, c);
  let sumA = f64x2.splat(0), sumB = f64x2.splat(0), dotA = f64x2.splat(0), dotB = f64x2.splat(0);
  let sumC = f64x2.splat(0), sumD = f64x2.splat(0), dotC = f64x2.splat(0), dotD = f64x2.splat(0);
  for (let row = 0; row < g.rows; row++, dy += step, x += step) {
    const mean = v128.load32_splat(at(g.mean, row)), scale = v128.load64_splat(g.sums + (<usize>row << 3));
    const d = v128.load(dy), e = v128.load(dy + wide);
    const some = f32x4.sub(v128.load(x), mean), more = f32x4.sub(v128.load(x + wide), mean);
    sumA = f64x2.add(sumA, low(d));
    sumB = f64x2.add(sumB, high(d));
    sumC = f64x2.add(sumC, low(e));
    sumD = f64x2.add(sumD, high(e));
    dotA = madd64(low(d), f64x2.mul(low(some), scale), dotA);
    dotB = madd64(high(d), f64x2.mul(high(some), scale), dotB);
    dotC = madd64(low(e), f64x2.mul(low(more), scale), dotC);
    dotD = madd64(high(e), f64x2.mul(high(more), scale), dotD);
  }
  storeFirst(at(g.dBias, c), floats(sumA, sumB), width);
  storeFirst(at(g.dWeight, c), floats(dotA, dotB), width);
  if (width <= 4) return;
  storeFirst(at(g.dBias, c + 4), floats(sumC, sumD), width - 4);
  storeFirst(at(g.dWeight, c + 4), floats(dotC, dotD), width - 4);
}
