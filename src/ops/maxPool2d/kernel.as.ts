// Max pooling over planes [h,w] -> [p,q] with the flat position of each maximum in its plane. The first in reading order
// wins a tie, and NaN wins, as in PyTorch: a network that went wrong must show it.
import { at, rowsEach, storeFirst } from "../../devices/cpu/lanes.as";
import { fork, jobArguments } from "../../devices/cpu/fork.as";

@unmanaged
class Pool {
  x: usize; y: usize; positions: usize;
  planes: i32; each: i32;
  h: i32; w: i32; r: i32; s: i32; p: i32; q: i32;
  strideH: i32; strideW: i32; padH: i32; padW: i32; dilationH: i32; dilationW: i32;
}

@inline
function pool(): Pool {
  return changetype<Pool>(jobArguments());
}

/** `pairs`: windows are 2x2 pixels side by side, all inside the image. */
export function pool2d_max_f32(
  x: usize, y: usize, positions: usize, planes: i32, h: i32, w: i32, r: i32, s: i32, p: i32, q: i32,
  strideH: i32, strideW: i32, padH: i32, padW: i32, dilationH: i32, dilationW: i32, pairs: bool,
): void {
  const g = pool();
  g.x = x; g.y = y; g.positions = positions; g.planes = planes;
  g.h = h; g.w = w; g.r = r; g.s = s; g.p = p; g.q = q;
  g.strideH = strideH; g.strideW = strideW; g.padH = padH; g.padW = padW;
  g.dilationH = dilationH; g.dilationW = dilationW;
  g.each = rowsEach(planes, p * q * r * s);
  fork(pairs && q >= 4 ? pairsChunk : windowsChunk, (planes + g.each - 1) / g.each);
}

/** Where a number takes the place of the best so far. */
@inline
function wins(value: v128, best: v128): v128 {
  return v128.or(f32x4.gt(value, best), f32x4.ne(value, value));
}

@inline
function even(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 2, 4, 6);
}

@inline
function odd(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 1, 3, 5, 7);
}

/** Windows of 2x2 pixels side by side, four of them at a time. */
function pairsChunk(chunk: i32): void {
  const g = pool();
  const end = min(g.planes, (chunk + 1) * g.each);
  const w = g.w, q = g.q;
  const ahead = i32x4(0, 2, 4, 6);
  for (let plane = chunk * g.each; plane < end; plane++)
    for (let ip = 0; ip < g.p; ip++) {
      const row = at(g.x, (plane * g.h + 2 * ip) * w);
      const out = (plane * g.p + ip) * q;
      for (let j = 0; j < q; j += 4) {
        // The last four may overlap those before.
        const iq = min(j, q - 4);
        const x = row + (<usize>iq << 3);
        const a = v128.load(x), b = v128.load(x, 16);
        const below = at(x, w);
        const c = v128.load(below), d = v128.load(below, 16);
        const first = i32x4.add(i32x4.splat(2 * ip * w + 2 * iq), ahead);
        let best = even(a, b);
        let where = first;
        let value = odd(a, b);
        let won = wins(value, best);
        best = v128.bitselect(value, best, won);
        where = v128.bitselect(i32x4.add(first, i32x4.splat(1)), where, won);
        value = even(c, d);
        won = wins(value, best);
        best = v128.bitselect(value, best, won);
        where = v128.bitselect(i32x4.add(first, i32x4.splat(w)), where, won);
        value = odd(c, d);
        won = wins(value, best);
        best = v128.bitselect(value, best, won);
        where = v128.bitselect(i32x4.add(first, i32x4.splat(w + 1)), where, won);
        v128.store(at(g.y, out + iq), best);
        v128.store(at(g.positions, out + iq), where);
      }
    }
}

/** Any windows: four at a time where all of them lie inside the image, one at a time at its edges. */
function windowsChunk(chunk: i32): void {
  const g = pool();
  const end = min(g.planes, (chunk + 1) * g.each);
  // Windows first ... last - 1 of a row lie between the left and the right edge.
  let first = g.strideW <= 2 ? (g.padW + g.strideW - 1) / g.strideW : g.q;
  const room = g.w - 1 + g.padW - (g.s - 1) * g.dilationW;
  let last = room < 0 ? 0 : min(g.q, room / g.strideW + 1);
  if (last - first < 4) first = last = g.q;
  for (let plane = chunk * g.each; plane < end; plane++) {
    const x = at(g.x, plane * g.h * g.w);
    for (let ip = 0; ip < g.p; ip++) {
      const out = (plane * g.p + ip) * g.q;
      for (let iq = 0; iq < first; iq++) oneWindow(g, x, ip, iq, out + iq);
      for (let iq = first; iq < last; iq += 4) {
        const from = min(iq, last - 4);
        if (g.strideW == 1) fourWindows(g, x, ip, from, out + from, false);
        else fourWindows(g, x, ip, from, out + from, true);
      }
      for (let iq = last; iq < g.q; iq++) oneWindow(g, x, ip, iq, out + iq);
    }
  }
}

function oneWindow(g: Pool, x: usize, ip: i32, iq: i32, out: i32): void {
  let best: f32 = -Infinity;
  let where = -1;
  for (let ir = 0; ir < g.r; ir++) {
    const ih = ip * g.strideH + ir * g.dilationH - g.padH;
    if (ih < 0 || ih >= g.h) continue;
    for (let is = 0; is < g.s; is++) {
      const iw = iq * g.strideW + is * g.dilationW - g.padW;
      if (iw < 0 || iw >= g.w) continue;
      const place = ih * g.w + iw;
      const value = load<f32>(at(x, place));
      if (where < 0 || value > best || value != value) {
        best = value;
        where = place;
      }
    }
  }
  store<f32>(at(g.y, out), best);
  store<i32>(at(g.positions, out), where);
}

@inline
function fourWindows(g: Pool, x: usize, ip: i32, iq: i32, out: i32, everySecond: bool): void {
  const steps = everySecond ? i32x4(0, 2, 4, 6) : i32x4(0, 1, 2, 3);
  let best = f32x4.splat(-Infinity);
  let where = i32x4.splat(-1);
  for (let ir = 0; ir < g.r; ir++) {
    const ih = ip * g.strideH + ir * g.dilationH - g.padH;
    if (ih < 0 || ih >= g.h) continue;
    let place = ih * g.w + iq * g.strideW - g.padW;
    for (let is = 0; is < g.s; is++, place += g.dilationW) {
      const from = at(x, place);
      const value = everySecond ? even(v128.load(from), v128.load(from, 16)) : v128.load(from);
      const won = v128.or(wins(value, best), i32x4.lt_s(where, i32x4.splat(0)));
      best = v128.bitselect(value, best, won);
      where = v128.bitselect(i32x4.add(i32x4.splat(place), steps), where, won);
    }
  }
  v128.store(at(g.y, out), best);
  v128.store(at(g.positions, out), where);
}

/** dx [planes,h,w] = dy [planes,p,q] at the positions, added up where windows overlap, 0 elsewhere. */
export function pool2d_max_f32_backward(
  dy: usize, positions: usize, dx: usize, planes: i32, h: i32, w: i32, p: i32, q: i32, pairs: bool,
): void {
  const g = pool();
  g.y = dy; g.positions = positions; g.x = dx; g.planes = planes;
  g.h = h; g.w = w; g.p = p; g.q = q;
  g.each = rowsEach(planes, h * w);
  fork(pairs && q >= 4 ? pairsBackwardChunk : scatterChunk, (planes + g.each - 1) / g.each);
}

function scatterChunk(chunk: i32): void {
  const g = pool();
  const end = min(g.planes, (chunk + 1) * g.each);
  const size = g.p * g.q;
  for (let plane = chunk * g.each; plane < end; plane++) {
    const dx = at(g.x, plane * g.h * g.w);
    memory.fill(dx, 0, <usize>(g.h * g.w) << 2);
    let dy = at(g.y, plane * size), position = at(g.positions, plane * size);
    for (let i = 0; i < size; i++, dy += 4, position += 4) {
      const place = at(dx, load<i32>(position));
      store<f32>(place, load<f32>(place) + load<f32>(dy));
    }
  }
}

/** Windows of 2x2 pixels side by side: every pixel is written once. */
function pairsBackwardChunk(chunk: i32): void {
  const g = pool();
  const end = min(g.planes, (chunk + 1) * g.each);
  const w = g.w, q = g.q;
  const ahead = i32x4(0, 2, 4, 6);
  const zero = f32x4.splat(0);
  for (let plane = chunk * g.each; plane < end; plane++) {
    const dx = at(g.x, plane * g.h * w);
    for (let ip = 0; ip < g.p; ip++) {
      const row = at(dx, 2 * ip * w);
      const out = (plane * g.p + ip) * q;
      for (let j = 0; j < q; j += 4) {
        const iq = min(j, q - 4);
        const dy = v128.load(at(g.y, out + iq));
        const where = v128.load(at(g.positions, out + iq));
        const first = i32x4.add(i32x4.splat(2 * ip * w + 2 * iq), ahead);
        const a = v128.and(dy, i32x4.eq(where, first));
        const b = v128.and(dy, i32x4.eq(where, i32x4.add(first, i32x4.splat(1))));
        const c = v128.and(dy, i32x4.eq(where, i32x4.add(first, i32x4.splat(w))));
        const d = v128.and(dy, i32x4.eq(where, i32x4.add(first, i32x4.splat(w + 1))));
        const to = row + (<usize>iq << 3);
        v128.store(to, v128.shuffle<f32>(a, b, 0, 4, 1, 5));
        v128.store(to, v128.shuffle<f32>(a, b, 2, 6, 3, 7), 16);
        const below = at(to, w);
        v128.store(below, v128.shuffle<f32>(c, d, 0, 4, 1, 5));
        v128.store(below, v128.shuffle<f32>(c, d, 2, 6, 3, 7), 16);
      }
      // A last column that no window covers.
      for (let column = 2 * q; column < w; column++) {
        store<f32>(at(row, column), 0);
        store<f32>(at(row, w + column), 0);
      }
    }
    for (let left = 2 * g.p * w; left < g.h * w; left += 4) storeFirst(at(dx, left), zero, g.h * w - left);
  }
}
