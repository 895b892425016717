// Numbers of another dtype: int32 and bools as floats, floats as bools. A bool is a byte.
import { at, CHUNK_NUMBERS, evenly } from "../../devices/cpu/lanes.as";
import { bytesOf, lanesOf, storeBytes } from "../../devices/cpu/bools.as";
import { fork, jobArguments } from "../../devices/cpu/fork.as";

@unmanaged
class Cast {
  x: usize; out: usize; n: i32; each: i32;
}

@inline
function cast(): Cast {
  return changetype<Cast>(jobArguments());
}

/** op: 0 int32 as float, 1 bool as float, 2 float as bool. */
export function cast_f32(op: i32, x: usize, out: usize, n: i32): void {
  const g = cast();
  g.x = x; g.out = out; g.n = n;
  g.each = evenly(n, CHUNK_NUMBERS);
  fork(op == 0 ? wholeChunk : op == 1 ? boolChunk : toBoolChunk, (n + g.each - 1) / g.each);
}

/** The last vector may reach behind the end: blocks are whole cache lines. */
function wholeChunk(chunk: i32): void {
  const g = cast();
  const from = chunk * g.each;
  const end = at(g.x, min(g.n, from + g.each));
  let out = at(g.out, from);
  for (let x = at(g.x, from); x < end; x += 16, out += 16) v128.store(out, f32x4.convert_i32x4_s(v128.load(x)));
}

function boolChunk(chunk: i32): void {
  const g = cast();
  const from = chunk * g.each;
  const end = g.x + min(g.n, from + g.each);
  let out = at(g.out, from);
  for (let x = g.x + from; x < end; x += 4, out += 16) v128.store(out, v128.and(lanesOf(x), f32x4.splat(1)));
}

function toBoolChunk(chunk: i32): void {
  const g = cast();
  const from = chunk * g.each;
  const end = min(g.n, from + g.each);
  let x = at(g.x, from);
  for (let i = from; i < end; i += 4, x += 16)
    storeBytes(g.out + i, bytesOf(f32x4.ne(v128.load(x), f32x4.splat(0))), end - i);
}
