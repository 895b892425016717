// Softmax and its logarithm over rows of 4-byte floats.
import { at, firstLanes, high, low, madd64, rowsEach, storeFirst, total } from "../../devices/cpu/lanes.as";
import { fork, jobArguments } from "../../devices/cpu/fork.as";
import { exp4 } from "../../devices/cpu/math.as";
import { madd } from "../../devices/cpu/tiles.as";
import { rowSum } from "../reduce/kernel.as";

@unmanaged
class Softmax {
  x: usize; y: usize; out: usize;
  rows: i32; length: i32; each: i32;
}

@inline
function softmax(): Softmax {
  return changetype<Softmax>(jobArguments());
}

/** How many numbers an exponential is worth. */
const EXP_WORK = 4;

function sizes(rows: i32, length: i32): i32 {
  const g = softmax();
  g.rows = rows; g.length = length;
  g.each = rowsEach(rows, length * EXP_WORK);
  return (rows + g.each - 1) / g.each;
}

export function softmax_f32(x: usize, y: usize, rows: i32, length: i32, log: bool): void {
  const chunks = sizes(rows, length);
  const g = softmax();
  g.x = x; g.out = y;
  fork(log ? logChunk : chunkOf, chunks);
}

/** dx = y * (dy - sum(dy * y)), or for the logarithm dy - exp(y) * sum(dy). */
export function softmax_f32_backward(dy: usize, y: usize, dx: usize, rows: i32, length: i32, log: bool): void {
  const chunks = sizes(rows, length);
  const g = softmax();
  g.x = dy; g.y = y; g.out = dx;
  fork(log ? logBackwardChunk : backwardChunk, chunks);
}

/** The largest number of a row; NaN if there is one. */
function largest(x: usize, n: i32): f32 {
  const least = f32x4.splat(-Infinity);
  let best = least;
  for (; n >= 4; n -= 4, x += 16) best = f32x4.max(best, v128.load(x));
  if (n > 0) best = f32x4.max(best, v128.bitselect(v128.load(x), least, firstLanes(n)));
  best = f32x4.max(best, v128.shuffle<f32>(best, best, 2, 3, 0, 1));
  best = f32x4.max(best, v128.shuffle<f32>(best, best, 1, 0, 3, 2));
  return f32x4.extract_lane(best, 0);
}

function chunkOf(chunk: i32): void {
  const g = softmax();
  const end = min(g.rows, (chunk + 1) * g.each);
  for (let row = chunk * g.each; row < end; row++) {
    const x = at(g.x, row * g.length), y = at(g.out, row * g.length);
    const top = f32x4.splat(largest(x, g.length));
    let a = f64x2.splat(0), b = f64x2.splat(0);
    for (let i = 0; i < g.length; i += 4) {
      const width = g.length - i;
      const value = exp4(f32x4.sub(v128.load(at(x, i)), top));
      storeFirst(at(y, i), value, width);
      const some = v128.and(value, firstLanes(width));
      a = f64x2.add(a, low(some));
      b = f64x2.add(b, high(some));
    }
    const factor = f32x4.splat(<f32>(1 / total(f64x2.add(a, b))));
    for (let i = 0; i < g.length; i += 4)
      storeFirst(at(y, i), f32x4.mul(v128.load(at(y, i)), factor), g.length - i);
  }
}

function logChunk(chunk: i32): void {
  const g = softmax();
  const end = min(g.rows, (chunk + 1) * g.each);
  for (let row = chunk * g.each; row < end; row++) {
    const x = at(g.x, row * g.length), y = at(g.out, row * g.length);
    const top = f32x4.splat(largest(x, g.length));
    let a = f64x2.splat(0), b = f64x2.splat(0);
    for (let i = 0; i < g.length; i += 4) {
      const some = v128.and(exp4(f32x4.sub(v128.load(at(x, i)), top)), firstLanes(g.length - i));
      a = f64x2.add(a, low(some));
      b = f64x2.add(b, high(some));
    }
    // Taken away one after the other: their sum would lose the second where the first is huge.
    const logSum = f32x4.splat(<f32>Math.log(total(f64x2.add(a, b))));
    for (let i = 0; i < g.length; i += 4)
      storeFirst(at(y, i), f32x4.sub(f32x4.sub(v128.load(at(x, i)), top), logSum), g.length - i);
  }
}

function backwardChunk(chunk: i32): void {
  const g = softmax();
  const end = min(g.rows, (chunk + 1) * g.each);
  for (let row = chunk * g.each; row < end; row++) {
    const dy = at(g.x, row * g.length), y = at(g.y, row * g.length), dx = at(g.out, row * g.length);
    let a = f64x2.splat(0), b = f64x2.splat(0);
    for (let i = 0; i < g.length; i += 4) {
      const mask = firstLanes(g.length - i);
      const p = v128.and(v128.load(at(dy, i)), mask), q = v128.and(v128.load(at(y, i)), mask);
      a = madd64(low(p), low(q), a);
      b = madd64(high(p), high(q), b);
    }
    const dot = f32x4.splat(<f32>total(f64x2.add(a, b)));
    for (let i = 0; i < g.length; i += 4) {
      const value = f32x4.mul(v128.load(at(y, i)), f32x4.sub(v128.load(at(dy, i)), dot));
      storeFirst(at(dx, i), value, g.length - i);
    }
  }
}

function logBackwardChunk(chunk: i32): void {
  const g = softmax();
  const end = min(g.rows, (chunk + 1) * g.each);
  for (let row = chunk * g.each; row < end; row++) {
    const dy = at(g.x, row * g.length), y = at(g.y, row * g.length), dx = at(g.out, row * g.length);
    const minusSum = f32x4.splat(-<f32>rowSum(dy, g.length));
    for (let i = 0; i < g.length; i += 4)
      storeFirst(at(dx, i), madd(exp4(v128.load(at(y, i))), minusSum, v128.load(at(dy, i))), g.length - i);
  }
}
