// Batch normalisation of x [n,c,inner]. Threads take channels: a channel's sums are followed by its own second pass, while
// its numbers are in the cache. Sums run in double precision.
import { at, firstLanes, high, low, madd64, rowsEach, storeFirst, total } from "../../devices/cpu/lanes.as";
import { fork, jobArguments, scratch } from "../../devices/cpu/fork.as";
import { madd } from "../../devices/cpu/tiles.as";

@unmanaged
class Norm {
  x: usize; dy: usize; out: usize;
  mean: usize; variance: usize; weight: usize; bias: usize;
  runningMean: usize; runningVariance: usize;
  dWeight: usize; dBias: usize; dMean: usize; dVariance: usize;
  n: i32; c: i32; inner: i32; each: i32;
  eps: f64; momentum: f64;
  training: bool;
}

@inline
function norm(): Norm {
  return changetype<Norm>(jobArguments());
}

function sizes(g: Norm, n: i32, c: i32, inner: i32): i32 {
  g.n = n; g.c = c; g.inner = inner;
  // Where channels lie side by side, four of them make a vector.
  const each = rowsEach(c, n * inner);
  g.each = inner == 1 ? (each + 3) & ~3 : each;
  return (c + g.each - 1) / g.each;
}

/**
 * y = (x - mean) / sqrt(variance + eps) * weight + bias. In training mean and (biased) variance are worked out first and
 * stored, and the running ones, unless they are 0, move towards them.
 */
export function batch_norm_f32(
  x: usize, y: usize, mean: usize, variance: usize, weight: usize, bias: usize,
  n: i32, c: i32, inner: i32, eps: f64, training: bool,
  runningMean: usize, runningVariance: usize, momentum: f64,
): void {
  const g = norm();
  g.x = x; g.out = y; g.mean = mean; g.variance = variance; g.weight = weight; g.bias = bias;
  g.eps = eps; g.training = training;
  g.runningMean = runningMean; g.runningVariance = runningVariance; g.momentum = momentum;
  const chunks = sizes(g, n, c, inner);
  fork(inner == 1 ? columnsChunk : channelsChunk, chunks);
}

/** The gradients of x and of all that is per channel. In training mean and variance depend on x. */
export function batch_norm_f32_backward(
  dy: usize, x: usize, dx: usize, mean: usize, variance: usize, weight: usize,
  dWeight: usize, dBias: usize, dMean: usize, dVariance: usize,
  n: i32, c: i32, inner: i32, eps: f64, training: bool,
): void {
  const g = norm();
  g.dy = dy; g.x = x; g.out = dx; g.mean = mean; g.variance = variance; g.weight = weight;
  g.dWeight = dWeight; g.dBias = dBias; g.dMean = dMean; g.dVariance = dVariance;
  g.eps = eps; g.training = training;
  const chunks = sizes(g, n, c, inner);
  fork(inner == 1 ? columnsBackwardChunk : channelsBackwardChunk, chunks);
}

/** Stores a channel's statistics, given sums of x - shift and of its squares. */
function finish(g: Norm, c: i32, shift: f64, sum: f64, squares: f64): void {
  const count = <f64>g.n * <f64>g.inner;
  const offset = sum / count;
  // Shifted by one of the numbers, the squares are small, and nothing is lost by taking away the mean's.
  const variance = max<f64>(squares / count - offset * offset, 0);
  store<f32>(at(g.mean, c), <f32>(shift + offset));
  store<f32>(at(g.variance, c), <f32>variance);
  if (!g.runningMean) return;
  blend(at(g.runningMean, c), shift + offset, g.momentum);
  blend(at(g.runningVariance, c), variance * (count / (count - 1)), g.momentum);
}

@inline
function blend(to: usize, value: f64, momentum: f64): void {
  store<f32>(to, <f32>((1 - momentum) * <f64>load<f32>(to) + momentum * value));
}

@inline
function scaleOf(g: Norm, c: i32): f32 {
  return <f32>(<f64>load<f32>(at(g.weight, c)) / Math.sqrt(<f64>load<f32>(at(g.variance, c)) + g.eps));
}

function channelsChunk(chunk: i32): void {
  const g = norm();
  const end = min(g.c, (chunk + 1) * g.each);
  const inner = g.inner;
  for (let c = chunk * g.each; c < end; c++) {
    if (g.training) moments(g, c);
    const mean = v128.load32_splat(at(g.mean, c));
    const scale = f32x4.splat(scaleOf(g, c));
    const bias = v128.load32_splat(at(g.bias, c));
    for (let n = 0; n < g.n; n++) {
      const from = (n * g.c + c) * inner;
      let x = at(g.x, from), y = at(g.out, from);
      let i = inner;
      for (; i >= 4; i -= 4, x += 16, y += 16) v128.store(y, madd(f32x4.sub(v128.load(x), mean), scale, bias));
      if (i > 0) storeFirst(y, madd(f32x4.sub(v128.load(x), mean), scale, bias), i);
    }
  }
}

/** Mean and variance of a channel in one pass. */
function moments(g: Norm, c: i32): void {
  const inner = g.inner;
  const shift = <f64>load<f32>(at(g.x, c * inner));
  const shifts = f64x2.splat(shift);
  let sumA = f64x2.splat(0), sumB = f64x2.splat(0), squareA = f64x2.splat(0), squareB = f64x2.splat(0);
  let sumC = f64x2.splat(0), sumD = f64x2.splat(0), squareC = f64x2.splat(0), squareD = f64x2.splat(0);
  for (let n = 0; n < g.n; n++) {
    let x = at(g.x, (n * g.c + c) * inner);
    let i = inner;
    for (; i >= 8; i -= 8, x += 32) {
      const first = v128.load(x), second = v128.load(x, 16);
      const a = f64x2.sub(low(first), shifts), b = f64x2.sub(high(first), shifts);
      sumA = f64x2.add(sumA, a);
      sumB = f64x2.add(sumB, b);
      squareA = madd64(a, a, squareA);
      squareB = madd64(b, b, squareB);
      const d = f64x2.sub(low(second), shifts), e = f64x2.sub(high(second), shifts);
      sumC = f64x2.add(sumC, d);
      sumD = f64x2.add(sumD, e);
      squareC = madd64(d, d, squareC);
      squareD = madd64(e, e, squareD);
    }
    for (; i > 0; i -= 4, x += 16) {
      // Lanes behind the end count as the shift itself.
      const some = v128.bitselect(v128.load(x), f32x4.splat(<f32>shift), firstLanes(i));
      const a = f64x2.sub(low(some), shifts), b = f64x2.sub(high(some), shifts);
      sumA = f64x2.add(sumA, a);
      sumB = f64x2.add(sumB, b);
      squareA = madd64(a, a, squareA);
      squareB = madd64(b, b, squareB);
    }
  }
  const sum = f64x2.add(f64x2.add(sumA, sumB), f64x2.add(sumC, sumD));
  const squares = f64x2.add(f64x2.add(squareA, squareB), f64x2.add(squareC, squareD));
  finish(g, c, shift, total(sum), total(squares));
}

/** Four doubles of scratch memory, for what is done with each of four channels. */
@inline
function spread(to: usize, a: v128, b: v128): void {
  v128.store(to, a);
  v128.store(to, b, 16);
}

/** inner = 1: channels lie side by side. */
function columnsChunk(chunk: i32): void {
  const g = norm();
  const end = min(g.c, (chunk + 1) * g.each);
  const rowBytes = <usize>g.c << 2;
  const sums = scratch();
  for (let c = chunk * g.each; c < end; c += 4) {
    const width = min(4, end - c);
    const top = at(g.x, c);
    if (g.training) {
      const shiftA = low(v128.load(top)), shiftB = high(v128.load(top));
      let sumA = f64x2.splat(0), sumB = f64x2.splat(0), squareA = f64x2.splat(0), squareB = f64x2.splat(0);
      let x = top;
      for (let n = 0; n < g.n; n++, x += rowBytes) {
        const some = v128.load(x);
        const a = f64x2.sub(low(some), shiftA), b = f64x2.sub(high(some), shiftB);
        sumA = f64x2.add(sumA, a);
        sumB = f64x2.add(sumB, b);
        squareA = madd64(a, a, squareA);
        squareB = madd64(b, b, squareB);
      }
      spread(sums, sumA, sumB);
      spread(sums + 32, squareA, squareB);
      for (let i = 0; i < width; i++)
        finish(g, c + i, <f64>load<f32>(at(top, i)), load<f64>(sums + (<usize>i << 3)), load<f64>(sums + (<usize>i << 3), 32));
    }
    for (let i = 0; i < width; i++) store<f32>(at(sums, i), scaleOf(g, c + i), 64);
    const mean = v128.load(at(g.mean, c)), bias = v128.load(at(g.bias, c)), scale = v128.load(sums, 64);
    let x = top, y = at(g.out, c);
    for (let n = 0; n < g.n; n++, x += rowBytes, y += rowBytes)
      storeFirst(y, madd(f32x4.sub(v128.load(x), mean), scale, bias), width);
  }
}

/**
 * Stores a channel's gradients, given the sums of dy and of dy * (x - mean), and leaves at `to` the factors of
 * dx = dy * scale - (x - mean) * slope - common, which lie 16 bytes apart.
 */
function finishBackward(g: Norm, c: i32, sum: f64, dot: f64, to: usize): void {
  const inverse = 1 / Math.sqrt(<f64>load<f32>(at(g.variance, c)) + g.eps);
  const weight = <f64>load<f32>(at(g.weight, c));
  const product = dot * inverse; // the sum of dy times the normalised x
  const scale = weight * inverse;
  const count = <f64>g.n * <f64>g.inner;
  store<f32>(to, <f32>scale);
  store<f32>(to, g.training ? <f32>(-scale * (product / count) * inverse) : 0, 16);
  store<f32>(to, g.training ? <f32>(-scale * (sum / count)) : 0, 32);
  store<f32>(at(g.dWeight, c), <f32>product);
  store<f32>(at(g.dBias, c), <f32>sum);
  if (!g.dMean) return;
  store<f32>(at(g.dMean, c), <f32>(-scale * sum));
  store<f32>(at(g.dVariance, c), <f32>(-0.5 * weight * product * inverse * inverse));
}

function channelsBackwardChunk(chunk: i32): void {
  const g = norm();
  const end = min(g.c, (chunk + 1) * g.each);
  const inner = g.inner;
  const factors = scratch();
  for (let c = chunk * g.each; c < end; c++) {
    const mean = v128.load32_splat(at(g.mean, c));
    const means = low(mean);
    let sumA = f64x2.splat(0), sumB = f64x2.splat(0), dotA = f64x2.splat(0), dotB = f64x2.splat(0);
    for (let n = 0; n < g.n; n++) {
      const from = (n * g.c + c) * inner;
      let x = at(g.x, from), dy = at(g.dy, from);
      for (let i = inner; i > 0; i -= 4, x += 16, dy += 16) {
        let d = v128.load(dy), some = v128.load(x);
        if (i < 4) {
          d = v128.and(d, firstLanes(i));
          some = v128.and(some, firstLanes(i));
        }
        const a = low(d), b = high(d);
        sumA = f64x2.add(sumA, a);
        sumB = f64x2.add(sumB, b);
        dotA = madd64(a, f64x2.sub(low(some), means), dotA);
        dotB = madd64(b, f64x2.sub(high(some), means), dotB);
      }
    }
    finishBackward(g, c, total(f64x2.add(sumA, sumB)), total(f64x2.add(dotA, dotB)), factors);
    const scale = v128.load32_splat(factors), slope = v128.load32_splat(factors, 16), common = v128.load32_splat(factors, 32);
    for (let n = 0; n < g.n; n++) {
      const from = (n * g.c + c) * inner;
      let x = at(g.x, from), dy = at(g.dy, from), dx = at(g.out, from);
      let i = inner;
      for (; i >= 4; i -= 4, x += 16, dy += 16, dx += 16)
        v128.store(dx, slant(v128.load(dy), f32x4.sub(v128.load(x), mean), scale, slope, common));
      if (i > 0) storeFirst(dx, slant(v128.load(dy), f32x4.sub(v128.load(x), mean), scale, slope, common), i);
    }
  }
}

@inline
function slant(dy: v128, deviation: v128, scale: v128, slope: v128, common: v128): v128 {
  return madd(dy, scale, madd(deviation, slope, common));
}

/** inner = 1: channels lie side by side. */
function columnsBackwardChunk(chunk: i32): void {
  const g = norm();
  const end = min(g.c, (chunk + 1) * g.each);
  const rowBytes = <usize>g.c << 2;
  const sums = scratch();
  const factors = sums + 64;
  for (let c = chunk * g.each; c < end; c += 4) {
    const width = min(4, end - c);
    const mean = v128.load(at(g.mean, c));
    const meanA = low(mean), meanB = high(mean);
    let sumA = f64x2.splat(0), sumB = f64x2.splat(0), dotA = f64x2.splat(0), dotB = f64x2.splat(0);
    let x = at(g.x, c), dy = at(g.dy, c);
    for (let n = 0; n < g.n; n++, x += rowBytes, dy += rowBytes) {
      const d = v128.load(dy), some = v128.load(x);
      const a = low(d), b = high(d);
      sumA = f64x2.add(sumA, a);
      sumB = f64x2.add(sumB, b);
      dotA = madd64(a, f64x2.sub(low(some), meanA), dotA);
      dotB = madd64(b, f64x2.sub(high(some), meanB), dotB);
    }
    spread(sums, sumA, sumB);
    spread(sums + 32, dotA, dotB);
    for (let i = 0; i < width; i++)
      finishBackward(g, c + i, load<f64>(sums + (<usize>i << 3)), load<f64>(sums + (<usize>i << 3), 32), at(factors, i));
    const scale = v128.load(factors), slope = v128.load(factors, 16), common = v128.load(factors, 32);
    x = at(g.x, c);
    dy = at(g.dy, c);
    let dx = at(g.out, c);
    for (let n = 0; n < g.n; n++, x += rowBytes, dy += rowBytes, dx += rowBytes)
      storeFirst(dx, slant(v128.load(dy), f32x4.sub(v128.load(x), mean), scale, slope, common), width);
  }
}
