// One of two 4-byte numbers, by a bool.
import { at, CHUNK_NUMBERS, evenly, storeFirst } from "../../devices/cpu/lanes.as";
import { lanesOf } from "../../devices/cpu/bools.as";
import { fork, jobArguments, scratch } from "../../devices/cpu/fork.as";

@unmanaged
class Where {
  condition: usize; a: usize; b: usize; out: usize;
  n: i32; each: i32; stepA: i32; stepB: i32;
}

@inline
function where(): Where {
  return changetype<Where>(jobArguments());
}

/** out [n] = a where the condition [n] is true, b elsewhere. A step of 0 repeats the operand's one number. */
export function where_f32(condition: usize, a: usize, b: usize, out: usize, n: i32, stepA: i32, stepB: i32): void {
  const g = where();
  g.condition = condition; g.a = a; g.b = b; g.out = out; g.n = n; g.stepA = stepA; g.stepB = stepB;
  g.each = evenly(n, CHUNK_NUMBERS);
  fork(whereChunk, (n + g.each - 1) / g.each);
}

function whereChunk(chunk: i32): void {
  const g = where();
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
    storeFirst(at(g.out, i), v128.bitselect(v128.load(a), v128.load(b), lanesOf(g.condition + i)), end - i);
}
