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
