// Comparisons of two arrays of 4-byte floats, of one length or one of them a single number. The result is bools, a byte each.
import { at, CHUNK_NUMBERS, evenly } from "../../devices/cpu/lanes.as";
import { bytesOf, storeBytes } from "../../devices/cpu/bools.as";
import { fork, jobArguments, scratch } from "../../devices/cpu/fork.as";

@unmanaged
class Compare {
  a: usize; b: usize; out: usize;
  n: i32; each: i32; stepA: i32; stepB: i32;
}

@inline
function compare(): Compare {
  return changetype<Compare>(jobArguments());
}

/** out [n] bools; op: 0 equal, 1 not equal, 2 less, 3 less or equal. A step of 0 repeats the operand's one number. */
export function compare_f32(op: i32, a: usize, b: usize, out: usize, n: i32, stepA: i32, stepB: i32): void {
  const g = compare();
  g.a = a; g.b = b; g.out = out; g.n = n; g.stepA = stepA; g.stepB = stepB;
  g.each = evenly(n, CHUNK_NUMBERS);
  fork(op == 0 ? equalChunk : op == 1 ? unequalChunk : op == 2 ? lessChunk : atMostChunk, (n + g.each - 1) / g.each);
}

function equalChunk(chunk: i32): void { each(0, chunk); }
function unequalChunk(chunk: i32): void { each(1, chunk); }
function lessChunk(chunk: i32): void { each(2, chunk); }
function atMostChunk(chunk: i32): void { each(3, chunk); }

/** The compiler knows `op` wherever this stands, so nothing is left of the choice. */
@inline
function valueOf(op: i32, x: v128, y: v128): v128 {
  if (op == 0) return f32x4.eq(x, y);
  if (op == 1) return f32x4.ne(x, y);
  if (op == 2) return f32x4.lt(x, y);
  return f32x4.le(x, y);
}

@inline
function each(op: i32, chunk: i32): void {
  const g = compare();
  const from = chunk * g.each;
  const end = min(g.n, from + g.each);
  let a = at(g.a, from * g.stepA), b = at(g.b, from * g.stepB);
  // A repeated number is a vector that is read again and again.
  const repeated = scratch();
  if (!g.stepA) {
    v128.store(repeated, v128.load32_splat(a));
    a = repeated;
  }
  if (!g.stepB) {
    v128.store(repeated, v128.load32_splat(b), 16);
    b = repeated + 16;
  }
  const stepA = <usize>g.stepA << 4, stepB = <usize>g.stepB << 4;
  for (let i = from; i < end; i += 4, a += stepA, b += stepB)
    storeBytes(g.out + i, bytesOf(valueOf(op, v128.load(a), v128.load(b))), end - i);
}
