// Sums in double precision, and largest and smallest numbers, of 4-byte floats.
import { at, firstLanes, floats, high, low, madd64, rowsEach, storeFirst, total } from "../../devices/cpu/lanes.as";
import { fork, jobArguments } from "../../devices/cpu/fork.as";

/** A row that is longer is summed in pieces, which are added up in order. */
const PIECE = 32768;

@unmanaged
class Reduce {
  x: usize; y: usize; out: usize; positions: usize; partials: usize;
  outer: i32; length: i32; inner: i32; pieces: i32; each: i32;
  smallest: bool;
}

@inline
function reduce(): Reduce {
  return changetype<Reduce>(jobArguments());
}

/** The sum of n numbers. */
export function rowSum(x: usize, n: i32): f64 {
  let a = f64x2.splat(0), b = f64x2.splat(0), c = f64x2.splat(0), d = f64x2.splat(0);
  for (; n >= 8; n -= 8, x += 32) {
    const first = v128.load(x), second = v128.load(x, 16);
    a = f64x2.add(a, low(first));
    b = f64x2.add(b, high(first));
    c = f64x2.add(c, low(second));
    d = f64x2.add(d, high(second));
  }
  for (; n > 0; n -= 4, x += 16) {
    const some = v128.and(v128.load(x), firstLanes(n));
    a = f64x2.add(a, low(some));
    b = f64x2.add(b, high(some));
  }
  return total(f64x2.add(f64x2.add(a, b), f64x2.add(c, d)));
}

/** The sum of n products. */
function rowDot(x: usize, y: usize, n: i32): f64 {
  let a = f64x2.splat(0), b = f64x2.splat(0);
  for (; n > 0; n -= 4, x += 16, y += 16) {
    const mask = firstLanes(n);
    const p = v128.and(v128.load(x), mask), q = v128.and(v128.load(y), mask);
    a = madd64(low(p), low(q), a);
    b = madd64(high(p), high(q), b);
  }
  return total(f64x2.add(a, b));
}

/** In how many pieces a row of `length` is summed; the caller gives memory for as many doubles a row, if more than one. */
export function sum_pieces(length: i32): i32 {
  return (length + PIECE - 1) / PIECE;
}

/** out [rows] = the sums of the rows of x [rows,length]. */
export function sum_f32_each(x: usize, out: usize, partials: usize, rows: i32, length: i32): void {
  const g = reduce();
  g.x = x; g.out = out; g.partials = partials; g.outer = rows; g.length = length;
  g.pieces = max(1, sum_pieces(length));
  const units = rows * g.pieces;
  g.each = rowsEach(units, min(length, PIECE));
  fork(rowsChunk, (units + g.each - 1) / g.each);
  if (g.pieces == 1) return;
  for (let row = 0; row < rows; row++) {
    let sum: f64 = 0;
    for (let piece = 0; piece < g.pieces; piece++) sum += load<f64>(partials + (<usize>(row * g.pieces + piece) << 3));
    store<f32>(at(out, row), <f32>sum);
  }
}

function rowsChunk(chunk: i32): void {
  const g = reduce();
  const end = min(g.outer * g.pieces, (chunk + 1) * g.each);
  for (let unit = chunk * g.each; unit < end; unit++) {
    const row = unit / g.pieces;
    const from = (unit % g.pieces) * PIECE;
    const sum = rowSum(at(g.x, row * g.length + from), min(PIECE, g.length - from));
    if (g.pieces == 1) store<f32>(at(g.out, row), <f32>sum);
    else store<f64>(g.partials + (<usize>unit << 3), sum);
  }
}

/** out [outer,inner] = the sums of x [outer,length,inner] over its middle dimension. */
export function sum_f32_columns(x: usize, out: usize, outer: i32, length: i32, inner: i32): void {
  const g = reduce();
  g.x = x; g.out = out; g.outer = outer; g.length = length; g.inner = inner;
  g.pieces = (inner + 15) / 16;
  const units = outer * g.pieces;
  g.each = rowsEach(units, 16 * length);
  fork(columnsChunk, (units + g.each - 1) / g.each);
}

/** out [cols] = the sum of the rows of x [rows,cols]: the gradient of a bias. */
export function sum_f32_rows(x: usize, out: usize, rows: i32, cols: i32): void {
  sum_f32_columns(x, out, 1, rows, cols);
}

/** Sixteen columns at a time: a cache line. */
function columnsChunk(chunk: i32): void {
  const g = reduce();
  const end = min(g.outer * g.pieces, (chunk + 1) * g.each);
  const rowBytes = <usize>g.inner << 2;
  for (let unit = chunk * g.each; unit < end; unit++) {
    const o = unit / g.pieces;
    const column = (unit % g.pieces) * 16;
    const width = min(16, g.inner - column);
    let x = at(g.x, o * g.length * g.inner + column);
    let out = at(g.out, o * g.inner + column);
    if (width <= 4) {
      let a = f64x2.splat(0), b = f64x2.splat(0);
      for (let l = 0; l < g.length; l++, x += rowBytes) {
        const four = v128.load(x);
        a = f64x2.add(a, low(four));
        b = f64x2.add(b, high(four));
      }
      storeFirst(out, floats(a, b), width);
      continue;
    }
    let a = f64x2.splat(0), b = f64x2.splat(0), c = f64x2.splat(0), d = f64x2.splat(0);
    let e = f64x2.splat(0), f = f64x2.splat(0), h = f64x2.splat(0), i = f64x2.splat(0);
    for (let l = 0; l < g.length; l++, x += rowBytes) {
      let four = v128.load(x);
      a = f64x2.add(a, low(four));
      b = f64x2.add(b, high(four));
      four = v128.load(x, 16);
      c = f64x2.add(c, low(four));
      d = f64x2.add(d, high(four));
      four = v128.load(x, 32);
      e = f64x2.add(e, low(four));
      f = f64x2.add(f, high(four));
      four = v128.load(x, 48);
      h = f64x2.add(h, low(four));
      i = f64x2.add(i, high(four));
    }
    storeFirst(out, floats(a, b), width);
    if (width > 4) storeFirst(out + 16, floats(c, d), width - 4);
    if (width > 8) storeFirst(out + 32, floats(e, f), width - 8);
    if (width > 12) storeFirst(out + 48, floats(h, i), width - 12);
  }
}

/** out [c] = the sums of x [n,c,inner], or of its products with y unless that is 0, over all but the channels. */
export function sum_f32_channels(x: usize, y: usize, out: usize, n: i32, c: i32, inner: i32): void {
  if (inner == 1 && !y) return sum_f32_columns(x, out, 1, n, c);
  const g = reduce();
  g.x = x; g.y = y; g.out = out; g.outer = n; g.length = c; g.inner = inner;
  g.each = rowsEach(c, n * inner);
  fork(channelsChunk, (c + g.each - 1) / g.each);
}

function channelsChunk(chunk: i32): void {
  const g = reduce();
  const end = min(g.length, (chunk + 1) * g.each);
  for (let c = chunk * g.each; c < end; c++) {
    let sum: f64 = 0;
    for (let n = 0; n < g.outer; n++) {
      const from = (n * g.length + c) * g.inner;
      sum += g.y ? rowDot(at(g.x, from), at(g.y, from), g.inner) : rowSum(at(g.x, from), g.inner);
    }
    store<f32>(at(g.out, c), <f32>sum);
  }
}

/** out [outer,length,inner] = y [outer,inner], repeated along the middle. */
export function repeat_f32(y: usize, out: usize, outer: i32, length: i32, inner: i32): void {
  const g = reduce();
  g.y = y; g.out = out; g.outer = outer; g.length = length; g.inner = inner;
  g.each = rowsEach(outer, length * inner);
  fork(repeatChunk, (outer + g.each - 1) / g.each);
}

function repeatChunk(chunk: i32): void {
  const g = reduce();
  const end = min(g.outer, (chunk + 1) * g.each);
  for (let o = chunk * g.each; o < end; o++) {
    let out = at(g.out, o * g.length * g.inner);
    if (g.inner == 1) {
      const four = v128.load32_splat(at(g.y, o));
      for (let n = g.length; n > 0; n -= 4, out += 16) storeFirst(out, four, n);
    } else {
      const bytes = <usize>g.inner << 2;
      for (let l = 0; l < g.length; l++, out += bytes) memory.copy(out, at(g.y, o * g.inner), bytes);
    }
  }
}

/** The largest (or smallest) numbers of x [outer,length,inner] over the middle, and where the first of them is; NaN wins. */
export function extreme_f32(x: usize, out: usize, positions: usize, outer: i32, length: i32, inner: i32, smallest: bool): void {
  const g = reduce();
  g.x = x; g.out = out; g.positions = positions; g.outer = outer; g.length = length; g.inner = inner;
  g.smallest = smallest;
  g.each = rowsEach(outer, length * inner);
  fork(extremeChunk, (outer + g.each - 1) / g.each);
}

function extremeChunk(chunk: i32): void {
  const g = reduce();
  const end = min(g.outer, (chunk + 1) * g.each);
  for (let o = chunk * g.each; o < end; o++) {
    const x = at(g.x, o * g.length * g.inner);
    if (g.inner == 1) extremeRow(g, x, o);
    else
      for (let i = 0; i < g.inner; i += 4) extremeColumns(g, at(x, i), o * g.inner + i, min(4, g.inner - i));
  }
}

/** Where a number takes the place of the best so far: the first NaN, or a larger number while there is none. */
@inline
function wins(value: v128, best: v128): v128 {
  return v128.or(f32x4.gt(value, best), v128.andnot(f32x4.ne(value, value), f32x4.ne(best, best)));
}

/** Flipping the sign turns smallest into largest. */
@inline
function signOf(g: Reduce): v128 {
  return g.smallest ? f32x4.splat(-0.0) : f32x4.splat(0);
}

function extremeColumns(g: Reduce, x: usize, to: i32, width: i32): void {
  const sign = signOf(g);
  let best = v128.xor(v128.load(x), sign);
  let where = i32x4.splat(0);
  for (let l = 1; l < g.length; l++) {
    x += <usize>g.inner << 2;
    const value = v128.xor(v128.load(x), sign);
    const won = wins(value, best);
    best = v128.bitselect(value, best, won);
    where = v128.bitselect(i32x4.splat(l), where, won);
  }
  storeFirst(at(g.out, to), v128.xor(best, sign), width);
  storeFirst(at(g.positions, to), where, width);
}

function extremeRow(g: Reduce, x: usize, to: i32): void {
  const sign = signOf(g);
  let best: f32, where = 0, l = 1;
  const flipped = g.smallest ? <f32>-1 : <f32>1;
  best = load<f32>(x) * flipped;
  if (g.length >= 8) {
    // Each lane looks at every fourth number.
    let bests = v128.xor(v128.load(x), sign);
    let places = i32x4(0, 1, 2, 3);
    let place = places;
    for (l = 4; l + 4 <= g.length; l += 4) {
      place = i32x4.add(place, i32x4.splat(4));
      const value = v128.xor(v128.load(at(x, l)), sign);
      const won = wins(value, bests);
      bests = v128.bitselect(value, bests, won);
      places = v128.bitselect(place, places, won);
    }
    best = f32x4.extract_lane(bests, 0);
    where = i32x4.extract_lane(places, 0);
    for (let lane = 1; lane < 4; lane++) {
      bests = v128.shuffle<f32>(bests, bests, 1, 2, 3, 0);
      places = v128.shuffle<i32>(places, places, 1, 2, 3, 0);
      const value = f32x4.extract_lane(bests, 0);
      const at = i32x4.extract_lane(places, 0);
      const isNaN = value != value;
      const equal = value == best || (isNaN && best != best);
      if (equal ? at < where : value > best || (isNaN && best == best)) {
        best = value;
        where = at;
      }
    }
  }
  for (; l < g.length; l++) {
    const value = load<f32>(at(x, l)) * flipped;
    if (value > best || (value != value && best == best)) {
      best = value;
      where = l;
    }
  }
  store<f32>(at(g.out, to), load<f32>(at(x, where)));
  store<i32>(at(g.positions, to), where);
}

/** dx [outer,length,inner] = dy [outer,inner] at the positions along the middle, 0 elsewhere. */
export function extreme_f32_backward(dy: usize, positions: usize, dx: usize, outer: i32, length: i32, inner: i32): void {
  memory.fill(dx, 0, <usize>(outer * length * inner) << 2);
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++) {
      const place = load<i32>(positions);
      store<f32>(at(dx, (o * length + place) * inner + i), load<f32>(dy));
      dy += 4;
      positions += 4;
    }
}
