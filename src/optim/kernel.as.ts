// Optimizer steps in one pass over a parameter: it, its gradient and what is kept for it are each read and written once.
import { chunksOf, fork, jobArguments } from "../devices/cpu/fork.as";
import { madd } from "../devices/cpu/tiles.as";

/** Numbers a chunk at least: below, the hand-over costs more than it saves. */
const CHUNK_NUMBERS: f64 = 16384;

@unmanaged
class Step {
  p: usize; g: usize; a: usize; b: usize; c: usize;
  n: i32; each: i32;
  lr: f32; x: f32; y: f32; z: f32; decay: f32; eps: f32; rootCorrection: f32; rest1: f32; rest2: f32;
  first: bool; flag: bool; other: bool;
}

@inline
function step(): Step {
  return changetype<Step>(jobArguments());
}

function cut(s: Step): i32 {
  const chunks = chunksOf(s.n, 1, CHUNK_NUMBERS);
  s.each = ((s.n + chunks - 1) / chunks + 3) & ~3;
  return (s.n + s.each - 1) / s.each;
}

/**
 * v = momentum * v + keep * (g + decay * p), or just the sum in the first step; p -= lr * v, or with nesterov
 * lr * (g + momentum * v). Without momentum v may be 0. `keep` is 1 - dampening: factors near 1 are taken from 1 in double
 * precision, by the caller, because in single precision 1 - 0.999 has lost half of its digits.
 */
export function sgd_f32(p: usize, g: usize, v: usize, n: i32, lr: f32, momentum: f32, keep: f32, decay: f32, nesterov: bool, first: bool): void {
  const s = step();
  s.p = p; s.g = g; s.a = v; s.n = n;
  s.lr = lr; s.x = momentum; s.y = keep; s.decay = decay;
  s.flag = nesterov; s.first = first;
  fork(sgdChunk, cut(s));
}

function sgdChunk(chunk: i32): void {
  const s = step();
  const from = chunk * s.each;
  const at = <usize>from << 2;
  const vectors = (min(s.n - from, s.each) + 3) >> 2;
  if (s.a == 0) descend(s.p + at, s.g + at, vectors, s.lr, s.decay);
  else if (s.first) descendFirst(s.p + at, s.g + at, s.a + at, vectors, s.lr, s.x, s.decay, s.flag);
  else descendWith(s.p + at, s.g + at, s.a + at, vectors, s.lr, s.x, s.y, s.decay, s.flag);
}

// The last vector may reach behind the end: blocks are whole cache lines, so it stays in them.

function descend(p: usize, g: usize, vectors: i32, lr: f32, decay: f32): void {
  for (; vectors > 0; vectors--, p += 16, g += 16) {
    const old = v128.load(p);
    v128.store(p, madd(f32x4.splat(-lr), madd(f32x4.splat(decay), old, v128.load(g)), old));
  }
}

function descendFirst(p: usize, g: usize, v: usize, vectors: i32, lr: f32, momentum: f32, decay: f32, nesterov: bool): void {
  // With nesterov d + momentum * d.
  const rate = f32x4.splat(-lr * (nesterov ? 1 + momentum : 1));
  for (; vectors > 0; vectors--, p += 16, g += 16, v += 16) {
    const old = v128.load(p);
    const d = madd(f32x4.splat(decay), old, v128.load(g));
    v128.store(v, d);
    v128.store(p, madd(rate, d, old));
  }
}

function descendWith(p: usize, g: usize, v: usize, vectors: i32, lr: f32, momentum: f32, keep: f32, decay: f32, nesterov: bool): void {
  const ahead = f32x4.splat(nesterov ? -lr * momentum : -lr), direct = f32x4.splat(nesterov ? -lr : 0);
  for (; vectors > 0; vectors--, p += 16, g += 16, v += 16) {
    const old = v128.load(p);
    const d = madd(f32x4.splat(decay), old, v128.load(g));
    const next = normal(madd(f32x4.splat(momentum), v128.load(v), f32x4.mul(f32x4.splat(keep), d)));
    v128.store(v, next);
    v128.store(p, madd(ahead, next, nesterov ? madd(direct, d, old) : old));
  }
}

/**
 * Without numbers below 2^-126, with which processors calculate 30 times slower. What is kept of a gradient that has
 * become 0 (a ReLU that has died) shrinks to such a number and would stay there.
 */
@inline
function normal(v: v128): v128 {
  return v128.andnot(v, f32x4.lt(f32x4.abs(v), f32x4.splat(1.17549435e-38)));
}

/**
 * Adam: m = beta1 * m + rest1 * g, v = beta2 * v + rest2 * g * g, p -= rate * m / (sqrt(v) * correction + eps), where
 * rest1 = 1 - beta1, rate = lr / (1 - beta1^t) and correction = 1 / sqrt(1 - beta2^t). With `largest`, v's maximum so far takes its place.
 * `shrink` multiplies p first (AdamW), `decay` adds to the gradient.
 */
export function adam_f32(p: usize, g: usize, m: usize, v: usize, largest: usize, n: i32, rate: f32, beta1: f32, rest1: f32, beta2: f32, rest2: f32, correction: f32, eps: f32, decay: f32, shrink: f32, first: bool): void {
  const s = step();
  s.p = p; s.g = g; s.a = m; s.b = v; s.c = largest; s.n = n;
  s.lr = rate; s.x = beta1; s.y = beta2; s.rest1 = rest1; s.rest2 = rest2; s.rootCorrection = correction; s.eps = eps; s.decay = decay; s.z = shrink;
  s.first = first;
  fork(adamChunk, cut(s));
}

function adamChunk(chunk: i32): void {
  const s = step();
  const from = chunk * s.each;
  const end = min(s.n, from + s.each);
  const rate = f32x4.splat(-s.lr), beta1 = f32x4.splat(s.x), beta2 = f32x4.splat(s.y);
  const rest1 = f32x4.splat(s.rest1), rest2 = f32x4.splat(s.rest2);
  const correction = f32x4.splat(s.rootCorrection), eps = f32x4.splat(s.eps);
  const decay = f32x4.splat(s.decay), shrink = f32x4.splat(s.z);
  const zero = f32x4.splat(0);
  for (let i = from; i < end; i += 4) {
    const at = <usize>i << 2;
    let p = v128.load(s.p + at);
    const g = madd(decay, p, v128.load(s.g + at));
    p = f32x4.mul(p, shrink);
    const m = normal(madd(beta1, s.first ? zero : v128.load(s.a + at), f32x4.mul(rest1, g)));
    const v = normal(madd(beta2, s.first ? zero : v128.load(s.b + at), f32x4.mul(rest2, f32x4.mul(g, g))));
    v128.store(s.a + at, m);
    v128.store(s.b + at, v);
    let square = v;
    if (s.c) {
      if (!s.first) square = f32x4.max(v, v128.load(s.c + at));
      v128.store(s.c + at, square);
    }
    const denominator = madd(f32x4.sqrt(square), correction, eps);
    v128.store(s.p + at, madd(rate, f32x4.div(m, denominator), p));
  }
}
