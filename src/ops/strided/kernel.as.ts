// Copies of 4-byte numbers between arrays that are walked in different orders.
import { at, CHUNK_NUMBERS, evenly, rowsEach } from "../../devices/cpu/lanes.as";
import { fork, jobArguments } from "../../devices/cpu/fork.as";

@unmanaged
class Copy {
  from: usize; to: usize;
  rows: i32; cols: i32; each: i32; stepFrom: i32; stepTo: i32;
  n1: i32; n2: i32; n3: i32;
  s0: i32; s1: i32; s2: i32; s3: i32;
  t0: i32; t1: i32; t2: i32; t3: i32;
}

@inline
function copy(): Copy {
  return changetype<Copy>(jobArguments());
}

/** For each [i,j,k,l,m] below the n: the number i*s0 + j*s1 + ... of `from` goes to i*t0 + j*t1 + ... of `to`. */
export function copy_f32(
  from: usize, to: usize, n0: i32, n1: i32, n2: i32, n3: i32, n4: i32,
  s0: i32, s1: i32, s2: i32, s3: i32, s4: i32, t0: i32, t1: i32, t2: i32, t3: i32, t4: i32,
): void {
  const g = copy();
  g.from = from; g.to = to; g.rows = n0 * n1 * n2 * n3; g.cols = n4; g.stepFrom = s4; g.stepTo = t4;
  g.n1 = n1; g.n2 = n2; g.n3 = n3;
  g.s0 = s0; g.s1 = s1; g.s2 = s2; g.s3 = s3;
  g.t0 = t0; g.t1 = t1; g.t2 = t2; g.t3 = t3;
  if (g.rows == 1) {
    g.each = evenly(n4, CHUNK_NUMBERS);
    fork(partChunk, (n4 + g.each - 1) / g.each);
  } else {
    g.each = rowsEach(g.rows, n4);
    fork(rowsChunk, (g.rows + g.each - 1) / g.each);
  }
}

function partChunk(chunk: i32): void {
  const g = copy();
  const start = chunk * g.each;
  line(g, at(g.from, start * g.stepFrom), at(g.to, start * g.stepTo), min(g.each, g.cols - start));
}

function rowsChunk(chunk: i32): void {
  const g = copy();
  const end = min(g.rows, (chunk + 1) * g.each);
  for (let row = chunk * g.each; row < end; row++) {
    const l = row % g.n3;
    let rest = row / g.n3;
    const k = rest % g.n2;
    rest /= g.n2;
    const j = rest % g.n1;
    const i = rest / g.n1;
    const from = i * g.s0 + j * g.s1 + k * g.s2 + l * g.s3;
    const to = i * g.t0 + j * g.t1 + k * g.t2 + l * g.t3;
    line(g, at(g.from, from), at(g.to, to), g.cols);
  }
}

function line(g: Copy, from: usize, to: usize, n: i32): void {
  if (g.stepFrom == 1 && g.stepTo == 1) return memory.copy(to, from, <usize>n << 2);
  if (g.stepFrom == -1 && g.stepTo == 1)
    for (; n >= 4; n -= 4, from -= 16, to += 16) {
      const four = v128.load(from - 12);
      v128.store(to, v128.shuffle<i32>(four, four, 3, 2, 1, 0));
    }
  const stepFrom = <usize>g.stepFrom << 2, stepTo = <usize>g.stepTo << 2;
  for (; n > 0; n--, from += stepFrom, to += stepTo) store<i32>(to, load<i32>(from));
}

/** to [n] = one number. */
export function fill_f32(to: usize, n: i32, value: f32): void {
  const four = f32x4.splat(value);
  for (const end = at(to, n); to < end; to += 16) v128.store(to, four);
}
