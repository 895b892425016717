// Optimizer steps in one pass over a parameter: it, its gradient and what is kept for it are each read and written once.
import { chunksOf, fork, jobArguments } from "../devices/cpu/fork.as";
import { madd } from "../devices/cpu/tiles.as";

/** Numbers a chunk at least: below, the hand-over costs more than it saves. */
const CHUNK_NUMBERS: f64 = 16384;

@unmanaged
class Step {
  p: usize; g: usize; a: usize; b: usize; c: usize;
  n: i32; each: i32;
  lr: f32; x: f32; y: f32; z: f32; decay: f32; eps: f32; rootCorrection: f32;
  first: bool; flag: bool; other: bool;
}

// @ts-ignore: decorator
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
 * v = momentum * v + (1 - dampening) * (g + decay * p), or just the sum in the first step; p -= lr * v, or with nesterov
 * lr * (g + momentum * v). Without momentum v may be 0.
 */
export function sgd_f32(p: usize, g: usize, v: usize, n: i32, lr: f32, momentum: f32, dampening: f32, decay: f32, nesterov: bool, first: bool): void {
  const s = step();
  s.p = p; s.g = g; s.a = v; s.n = n;
  s.lr = lr; s.x = momentum; s.y = 1 - dampening; s.decay = decay;
  s.flag = nesterov; s.first = first;
  fork(sgdChunk, cut(s));
}

function sgdChunk(chunk: i32): void {
  const s = step();
  const from = chunk * s.each;
  const end = min(s.n, from + s.each);
  const minusLr = f32x4.splat(-s.lr), momentum = f32x4.splat(s.x), keep = f32x4.splat(s.y), decay = f32x4.splat(s.decay);
  const withMomentum = s.a != 0, first = s.first, nesterov = s.flag;
  for (let i = from; i < end; i += 4) {
    const at = <usize>i << 2;
    // The last vector may reach behind the end: blocks are whole cache lines, so it stays in them.
    const p = v128.load(s.p + at);
    const d = madd(decay, p, v128.load(s.g + at));
    let go = d;
    if (withMomentum) {
      const v = first ? d : madd(momentum, v128.load(s.a + at), f32x4.mul(keep, d));
      v128.store(s.a + at, v);
      go = nesterov ? madd(momentum, v, d) : v;
    }
    v128.store(s.p + at, madd(minusLr, go, p));
  }
}

/**
 * Adam: m = beta1 * m + (1 - beta1) * g, v = beta2 * v + (1 - beta2) * g * g, p -= rate * m / (sqrt(v) / root + eps), where
 * rate = lr / (1 - beta1^t) and root = sqrt(1 - beta2^t). With `largest`, v's maximum so far takes its place.
 * `shrink` multiplies p first (AdamW), `decay` adds to the gradient.
 */
export function adam_f32(p: usize, g: usize, m: usize, v: usize, largest: usize, n: i32, rate: f32, beta1: f32, beta2: f32, root: f32, eps: f32, decay: f32, shrink: f32, first: bool): void {
  const s = step();
  s.p = p; s.g = g; s.a = m; s.b = v; s.c = largest; s.n = n;
  s.lr = rate; s.x = beta1; s.y = beta2; s.rootCorrection = 1 / root; s.eps = eps; s.decay = decay; s.z = shrink;
  s.first = first;
  fork(adamChunk, cut(s));
}

function adamChunk(chunk: i32): void {
  const s = step();
  const from = chunk * s.each;
  const end = min(s.n, from + s.each);
  const rate = f32x4.splat(-s.lr), beta1 = f32x4.splat(s.x), beta2 = f32x4.splat(s.y);
  const rest1 = f32x4.splat(1 - s.x), rest2 = f32x4.splat(1 - s.y);
  const correction = f32x4.splat(s.rootCorrection), eps = f32x4.splat(s.eps);
  const decay = f32x4.splat(s.decay), shrink = f32x4.splat(s.z);
  const zero = f32x4.splat(0);
  for (let i = from; i < end; i += 4) {
    const at = <usize>i << 2;
    let p = v128.load(s.p + at);
    const g = madd(decay, p, v128.load(s.g + at));
    p = f32x4.mul(p, shrink);
    const m = madd(beta1, s.first ? zero : v128.load(s.a + at), f32x4.mul(rest1, g));
    const v = madd(beta2, s.first ? zero : v128.load(s.b + at), f32x4.mul(rest2, f32x4.mul(g, g)));
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
