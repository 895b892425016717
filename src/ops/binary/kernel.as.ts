// Elementwise arithmetic on two arrays of 4-byte floats, broadcast to one shape.
import { at, CHUNK_NUMBERS, evenly, rowsEach, storeFirst } from "../../devices/cpu/lanes.as";
import { fork, jobArguments, scratch } from "../../devices/cpu/fork.as";

@unmanaged
class Binary {
  a: usize; b: usize; out: usize;
  op: i32; rows: i32; cols: i32; each: i32;
  stepA: i32; stepB: i32;
  n1: i32; n2: i32;
  a0: i32; a1: i32; a2: i32;
  b0: i32; b1: i32; b2: i32;
}

@inline
function binary(): Binary {
  return changetype<Binary>(jobArguments());
}

/** out [n]; op: 0 add, 1 sub, 2 mul, 3 div, 4 the larger one, 5 the smaller one. A step of 0 repeats the operand's one number. */
export function binary_f32(op: i32, a: usize, b: usize, out: usize, n: i32, stepA: i32, stepB: i32): void {
  const g = binary();
  g.op = op; g.a = a; g.b = b; g.out = out; g.cols = n; g.stepA = stepA; g.stepB = stepB;
  g.each = evenly(n, CHUNK_NUMBERS);
  fork(flatChunk, (n + g.each - 1) / g.each);
}

function flatChunk(chunk: i32): void {
  const g = binary();
  const from = chunk * g.each;
  line(g, at(g.a, from * g.stepA), at(g.b, from * g.stepB), at(g.out, from), min(g.each, g.cols - from));
}

/** out [n0,n1,n2,cols]: an operand's row [i,j,k] begins i*a0 + j*a1 + k*a2 numbers from its start. */
export function binary_f32_rows(
  op: i32, a: usize, b: usize, out: usize, cols: i32, stepA: i32, stepB: i32,
  n0: i32, n1: i32, n2: i32, a0: i32, a1: i32, a2: i32, b0: i32, b1: i32, b2: i32,
): void {
  const g = binary();
  g.op = op; g.a = a; g.b = b; g.out = out; g.cols = cols; g.stepA = stepA; g.stepB = stepB;
  g.rows = n0 * n1 * n2; g.n1 = n1; g.n2 = n2;
  g.a0 = a0; g.a1 = a1; g.a2 = a2; g.b0 = b0; g.b1 = b1; g.b2 = b2;
  g.each = rowsEach(g.rows, cols);
  fork(rowsChunk, (g.rows + g.each - 1) / g.each);
}

function rowsChunk(chunk: i32): void {
  const g = binary();
  const end = min(g.rows, (chunk + 1) * g.each);
  for (let row = chunk * g.each; row < end; row++) {
    const k = row % g.n2;
    const rest = row / g.n2;
    const j = rest % g.n1;
    const i = rest / g.n1;
    const a = at(g.a, i * g.a0 + j * g.a1 + k * g.a2);
    const b = at(g.b, i * g.b0 + j * g.b1 + k * g.b2);
    line(g, a, b, at(g.out, row * g.cols), g.cols);
  }
}

function line(g: Binary, a: usize, b: usize, out: usize, n: i32): void {
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
  switch (g.op) {
    case 0: return add(a, b, out, n, stepA, stepB);
    case 1: return sub(a, b, out, n, stepA, stepB);
    case 2: return mul(a, b, out, n, stepA, stepB);
    case 3: return div(a, b, out, n, stepA, stepB);
    case 4: return maximum(a, b, out, n, stepA, stepB);
    case 5: return minimum(a, b, out, n, stepA, stepB);
  }
}

function add(a: usize, b: usize, out: usize, n: i32, stepA: usize, stepB: usize): void {
  each(0, a, b, out, n, stepA, stepB);
}
function sub(a: usize, b: usize, out: usize, n: i32, stepA: usize, stepB: usize): void {
  each(1, a, b, out, n, stepA, stepB);
}
function mul(a: usize, b: usize, out: usize, n: i32, stepA: usize, stepB: usize): void {
  each(2, a, b, out, n, stepA, stepB);
}
function div(a: usize, b: usize, out: usize, n: i32, stepA: usize, stepB: usize): void {
  each(3, a, b, out, n, stepA, stepB);
}
function maximum(a: usize, b: usize, out: usize, n: i32, stepA: usize, stepB: usize): void {
  each(4, a, b, out, n, stepA, stepB);
}
function minimum(a: usize, b: usize, out: usize, n: i32, stepA: usize, stepB: usize): void {
  each(5, a, b, out, n, stepA, stepB);
}

/** The compiler knows `op` wherever this stands, so nothing is left of the choice. */
@inline
function valueOf(op: i32, x: v128, y: v128): v128 {
  if (op == 0) return f32x4.add(x, y);
  if (op == 1) return f32x4.sub(x, y);
  if (op == 2) return f32x4.mul(x, y);
  if (op == 3) return f32x4.div(x, y);
  // NaN wins: y where nothing else is said, x where it is one.
  const wins = op == 4 ? f32x4.gt(x, y) : f32x4.lt(x, y);
  return v128.bitselect(x, y, v128.or(wins, f32x4.ne(x, x)));
}

@inline
function each(op: i32, a: usize, b: usize, out: usize, n: i32, stepA: usize, stepB: usize): void {
  for (; n >= 4; n -= 4, a += stepA, b += stepB, out += 16) v128.store(out, valueOf(op, v128.load(a), v128.load(b)));
  if (n > 0) storeFirst(out, valueOf(op, v128.load(a), v128.load(b)), n);
}
