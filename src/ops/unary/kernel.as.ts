// Elementwise functions of one array of 4-byte floats, and their derivatives. `cpu.ts` has the same numbers for them.
import { evenly, CHUNK_NUMBERS } from "../../devices/cpu/lanes.as";
import { fork, jobArguments } from "../../devices/cpu/fork.as";
import { exp4, expm1, normalBelow, sigmoid4, tanh4 } from "../../devices/cpu/math.as";

@unmanaged
class Unary {
  x: usize; y: usize; dy: usize; out: usize;
  n: i32; each: i32;
  p: f32; q: f32;
}

@inline
function unary(): Unary {
  return changetype<Unary>(jobArguments());
}

@inline
function c(value: f32): v128 {
  return f32x4.splat(value);
}

/** yes where x > 0, no elsewhere, NaN included. */
@inline
function ifPositive(x: v128, yes: v128, no: v128): v128 {
  return v128.bitselect(yes, no, f32x4.gt(x, c(0)));
}

/** out [n] = the function number `op` of x [n]; p and q are its parameters. */
export function unary_f32(op: i32, x: usize, out: usize, n: i32, p: f32, q: f32): void {
  const u = unary();
  u.x = x; u.out = out; u.n = n; u.p = p; u.q = q;
  u.each = evenly(n, CHUNK_NUMBERS);
  fork(forwardOf(op), (n + u.each - 1) / u.each);
}

/** out = dy times the derivative at x, where y is the function's value. */
export function unary_f32_backward(op: i32, dy: usize, x: usize, y: usize, out: usize, n: i32, p: f32, q: f32): void {
  const u = unary();
  u.x = x; u.y = y; u.dy = dy; u.out = out; u.n = n; u.p = p; u.q = q;
  u.each = evenly(n, CHUNK_NUMBERS);
  fork(backwardOf(op), (n + u.each - 1) / u.each);
}

/** One vector of function number `op`. The compiler knows `op` wherever this stands, so nothing is left of the choice. */
@inline
function valueOf(op: i32, x: v128, p: v128, q: v128): v128 {
  if (op == 0) return f32x4.neg(x);
  if (op == 1) return exp4(x);
  if (op == 2) return f32x4.sqrt(x);
  if (op == 3) return f32x4.abs(x);
  if (op == 4) return v128.andnot(x, f32x4.lt(x, c(0)));
  if (op == 5) return sigmoid4(x);
  if (op == 6) return tanh4(x);
  if (op == 7) return bounded(x, p, q);
  if (op == 8) return ifPositive(x, x, f32x4.mul(x, p));
  if (op == 9) return ifPositive(x, x, f32x4.mul(p, expm1(x)));
  if (op == 10) return f32x4.mul(x, normalBelow(x));
  if (op == 11) return f32x4.mul(f32x4.mul(c(0.5), x), f32x4.add(c(1), tanh4(inGelu(x))));
  if (op == 13) return between(x, p, q);
  if (op == 14) return f32x4.div(between(f32x4.add(x, c(3)), c(0), c(6)), c(6));
  if (op == 15) return f32x4.mul(x, f32x4.div(between(f32x4.add(x, c(3)), c(0), c(6)), c(6)));
  if (op == 16) return f32x4.mul(x, sigmoid4(x));
  if (op == 17) return f32x4.mul(x, inMish(exp4(f32x4.pmin(x, c(20)))));
  if (op == 18) return ifPositive(x, f32x4.mul(x, c(SELU_SCALE)), f32x4.mul(c(SELU_DEPTH), expm1(x)));
  return f32x4.mul(x, x);
}

/** d times the derivative at x, where y is the function's value. */
@inline
function slopeOf(op: i32, d: v128, x: v128, y: v128, p: v128, q: v128): v128 {
  if (op == 0) return f32x4.neg(d);
  if (op == 1) return f32x4.mul(d, y);
  if (op == 2) return f32x4.mul(d, f32x4.div(c(0.5), y));
  if (op == 3) return f32x4.mul(d, sign(x));
  if (op == 4) return v128.andnot(d, f32x4.le(x, c(0)));
  if (op == 5) return f32x4.mul(d, f32x4.mul(y, f32x4.sub(c(1), y)));
  if (op == 6) return f32x4.mul(d, f32x4.sub(c(1), f32x4.mul(y, y)));
  if (op == 7) return v128.and(d, v128.and(f32x4.ge(x, p), f32x4.le(x, q)));
  if (op == 8) return ifPositive(x, d, f32x4.mul(d, p));
  if (op == 9) return v128.bitselect(f32x4.mul(d, f32x4.mul(p, exp4(x))), d, f32x4.le(x, c(0)));
  if (op == 10) return f32x4.mul(d, geluSlope(x));
  if (op == 11) return f32x4.mul(d, geluTanhSlope(x));
  if (op == 13) return v128.and(d, v128.and(f32x4.gt(x, p), f32x4.lt(x, q)));
  if (op == 14) return v128.and(f32x4.div(d, c(6)), v128.and(f32x4.gt(x, c(-3)), f32x4.lt(x, c(3))));
  if (op == 15) return hardswishSlope(d, x);
  if (op == 16) return f32x4.mul(d, siluSlope(x));
  if (op == 17) return f32x4.mul(d, mishSlope(x));
  if (op == 18) return f32x4.mul(d, ifPositive(x, c(SELU_SCALE), f32x4.mul(c(SELU_DEPTH), exp4(x))));
  return f32x4.mul(d, f32x4.add(x, x));
}

/** The last vector may reach behind the end: blocks are whole cache lines. */
@inline
function forward(op: i32, chunk: i32): void {
  const u = unary();
  const from = chunk * u.each;
  const end = u.x + (<usize>min(u.n, from + u.each) << 2);
  const p = c(u.p), q = c(u.q);
  let out = u.out + (<usize>from << 2);
  for (let x = u.x + (<usize>from << 2); x < end; x += 16, out += 16)
    v128.store(out, valueOf(op, v128.load(x), p, q));
}

@inline
function backward(op: i32, chunk: i32): void {
  const u = unary();
  const from = <usize>(chunk * u.each) << 2;
  const end = u.x + (<usize>min(u.n, (chunk + 1) * u.each) << 2);
  const p = c(u.p), q = c(u.q);
  let out = u.out + from, dy = u.dy + from, y = u.y + from;
  for (let x = u.x + from; x < end; x += 16, out += 16, dy += 16, y += 16)
    v128.store(out, slopeOf(op, v128.load(dy), v128.load(x), v128.load(y), p, q));
}

// One function for each, so that the compiler cannot fold their loops into one that chooses at every vector.
function negChunk(chunk: i32): void { forward(0, chunk); }
function expChunk(chunk: i32): void { forward(1, chunk); }
function sqrtChunk(chunk: i32): void { forward(2, chunk); }
function absChunk(chunk: i32): void { forward(3, chunk); }
function reluChunk(chunk: i32): void { forward(4, chunk); }
function sigmoidChunk(chunk: i32): void { forward(5, chunk); }
function tanhChunk(chunk: i32): void { forward(6, chunk); }
function clampChunk(chunk: i32): void { forward(7, chunk); }
function leakyReluChunk(chunk: i32): void { forward(8, chunk); }
function eluChunk(chunk: i32): void { forward(9, chunk); }
function geluChunk(chunk: i32): void { forward(10, chunk); }
function geluTanhChunk(chunk: i32): void { forward(11, chunk); }
function squareChunk(chunk: i32): void { forward(12, chunk); }
function hardtanhChunk(chunk: i32): void { forward(13, chunk); }
function hardsigmoidChunk(chunk: i32): void { forward(14, chunk); }
function hardswishChunk(chunk: i32): void { forward(15, chunk); }
function siluChunk(chunk: i32): void { forward(16, chunk); }
function mishChunk(chunk: i32): void { forward(17, chunk); }
function seluChunk(chunk: i32): void { forward(18, chunk); }
function negBackwardChunk(chunk: i32): void { backward(0, chunk); }
function expBackwardChunk(chunk: i32): void { backward(1, chunk); }
function sqrtBackwardChunk(chunk: i32): void { backward(2, chunk); }
function absBackwardChunk(chunk: i32): void { backward(3, chunk); }
function reluBackwardChunk(chunk: i32): void { backward(4, chunk); }
function sigmoidBackwardChunk(chunk: i32): void { backward(5, chunk); }
function tanhBackwardChunk(chunk: i32): void { backward(6, chunk); }
function clampBackwardChunk(chunk: i32): void { backward(7, chunk); }
function leakyReluBackwardChunk(chunk: i32): void { backward(8, chunk); }
function eluBackwardChunk(chunk: i32): void { backward(9, chunk); }
function geluBackwardChunk(chunk: i32): void { backward(10, chunk); }
function geluTanhBackwardChunk(chunk: i32): void { backward(11, chunk); }
function squareBackwardChunk(chunk: i32): void { backward(12, chunk); }
function hardtanhBackwardChunk(chunk: i32): void { backward(13, chunk); }
function hardsigmoidBackwardChunk(chunk: i32): void { backward(14, chunk); }
function hardswishBackwardChunk(chunk: i32): void { backward(15, chunk); }
function siluBackwardChunk(chunk: i32): void { backward(16, chunk); }
function mishBackwardChunk(chunk: i32): void { backward(17, chunk); }
function seluBackwardChunk(chunk: i32): void { backward(18, chunk); }

function forwardOf(op: i32): (chunk: i32) => void {
  switch (op) {
    case 0: return negChunk;
    case 1: return expChunk;
    case 2: return sqrtChunk;
    case 3: return absChunk;
    case 4: return reluChunk;
    case 5: return sigmoidChunk;
    case 6: return tanhChunk;
    case 7: return clampChunk;
    case 8: return leakyReluChunk;
    case 9: return eluChunk;
    case 10: return geluChunk;
    case 11: return geluTanhChunk;
    case 13: return hardtanhChunk;
    case 14: return hardsigmoidChunk;
    case 15: return hardswishChunk;
    case 16: return siluChunk;
    case 17: return mishChunk;
    case 18: return seluChunk;
    default: return squareChunk;
  }
}

function backwardOf(op: i32): (chunk: i32) => void {
  switch (op) {
    case 0: return negBackwardChunk;
    case 1: return expBackwardChunk;
    case 2: return sqrtBackwardChunk;
    case 3: return absBackwardChunk;
    case 4: return reluBackwardChunk;
    case 5: return sigmoidBackwardChunk;
    case 6: return tanhBackwardChunk;
    case 7: return clampBackwardChunk;
    case 8: return leakyReluBackwardChunk;
    case 9: return eluBackwardChunk;
    case 10: return geluBackwardChunk;
    case 11: return geluTanhBackwardChunk;
    case 13: return hardtanhBackwardChunk;
    case 14: return hardsigmoidBackwardChunk;
    case 15: return hardswishBackwardChunk;
    case 16: return siluBackwardChunk;
    case 17: return mishBackwardChunk;
    case 18: return seluBackwardChunk;
    default: return squareBackwardChunk;
  }
}

/** Held between p and q, of which q goes first; NaN stays, and as a bound it wins. */
@inline
function bounded(x: v128, p: v128, q: v128): v128 {
  const least = v128.bitselect(p, x, v128.or(f32x4.lt(x, p), f32x4.ne(p, p)));
  return v128.bitselect(q, least, v128.or(f32x4.gt(least, q), f32x4.ne(q, q)));
}

/** 1, -1, or 0 for zeros and NaN. */
@inline
function sign(x: v128): v128 {
  return v128.or(v128.and(c(1), f32x4.gt(x, c(0))), v128.and(c(-1), f32x4.lt(x, c(0))));
}

/** x held between p and q; NaN stays because it stands first. */
@inline
function between(x: v128, p: v128, q: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, p), q);
}

/** SELU's factor above 0, and how far below 0 it goes. */
const SELU_SCALE: f32 = 1.0507009873554805;
const SELU_DEPTH: f32 = 1.7580993408473766;

/** x/3 + 1/2 from -3 to 3, 0 before and 1 behind. */
@inline
function hardswishSlope(d: v128, x: v128): v128 {
  const inside = f32x4.mul(d, f32x4.add(f32x4.div(x, c(3)), c(0.5)));
  return v128.andnot(v128.bitselect(d, inside, f32x4.ge(x, c(3))), f32x4.le(x, c(-3)));
}

@inline
function siluSlope(x: v128): v128 {
  const s = sigmoid4(x);
  return f32x4.mul(s, f32x4.add(c(1), f32x4.mul(x, f32x4.sub(c(1), s))));
}

/** tanh(log(1 + e)) without a logarithm. */
@inline
function inMish(e: v128): v128 {
  const n = f32x4.mul(e, f32x4.add(e, c(2)));
  return f32x4.div(n, f32x4.add(n, c(2)));
}

/** Above 20 nothing bends any more. */
@inline
function mishSlope(x: v128): v128 {
  const e = exp4(f32x4.pmin(x, c(20)));
  const n = f32x4.mul(e, f32x4.add(e, c(2)));
  const sum = f32x4.add(n, c(2));
  const sigmoid = f32x4.div(e, f32x4.add(e, c(1)));
  const bend = f32x4.mul(sigmoid, f32x4.div(f32x4.mul(c(4), f32x4.add(n, c(1))), f32x4.mul(sum, sum)));
  return f32x4.add(f32x4.div(n, sum), f32x4.mul(x, v128.andnot(bend, f32x4.gt(x, c(20)))));
}

@inline
function inGelu(x: v128): v128 {
  const cube = f32x4.mul(f32x4.mul(c(0.044715), x), f32x4.mul(x, x));
  return f32x4.mul(c(0.7978845608028654), f32x4.add(x, cube));
}

@inline
function geluSlope(x: v128): v128 {
  const density = f32x4.mul(c(0.3989422804014327), exp4(f32x4.mul(f32x4.mul(c(-0.5), x), x)));
  return f32x4.add(normalBelow(x), f32x4.mul(x, density));
}

@inline
function geluTanhSlope(x: v128): v128 {
  const t = tanh4(inGelu(x));
  const slope = f32x4.mul(c(0.7978845608028654), f32x4.add(c(1), f32x4.mul(c(0.134145), f32x4.mul(x, x))));
  const rise = f32x4.mul(f32x4.mul(x, f32x4.sub(c(1), f32x4.mul(t, t))), slope);
  return f32x4.mul(c(0.5), f32x4.add(f32x4.add(c(1), t), rise));
}
