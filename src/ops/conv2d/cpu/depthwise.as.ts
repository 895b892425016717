// Convolutions of each channel with a filter of its own (groups = C = K), 3 or 5 wide, dilation 1. Patches of one channel
// would take longer to copy than to multiply. Input rows are copied with their padding, those
// of stride 2 as even and odd columns, so that every tap then reads neighbouring numbers.
import { chunksOf, fork, jobArguments, scratch } from "../../../devices/cpu/fork.as";
import { sumOf } from "../../../devices/cpu/lanes.as";
import { madd } from "../../../devices/cpu/tiles.as";
import { CHUNK_WORK, Conv, at } from "./sizes.as";

/** Bytes of the padded rows of a block. */
const ROW_BYTES = 128 * 1024;
/** Outputs of one step of the row loop; rows are padded so that the last of them may lie outside. */
const TOGETHER = 16;

@unmanaged
class Depthwise extends Conv {
  /** Filters are read backwards, as for the gradient to the input. */
  transposed: i32;
  /** The stride whose gradient this is: `spread - 1` zeros lie between neighbouring columns and rows of x. */
  spread: i32;
}

@inline
function depthwise(): Depthwise {
  return changetype<Depthwise>(jobArguments());
}

/** Numbers of one phase of a padded row. */
@inline
function phaseWidth(v: Depthwise): i32 {
  return (v.Q + TOGETHER - 1) / TOGETHER * TOGETHER + 8;
}

function share(v: Depthwise, planes: i32, images: i32): void {
  const chunks = chunksOf(planes, <f64>(v.R * v.S * images) * <f64>(v.P * v.Q), CHUNK_WORK);
  v.part = max(1, (planes + chunks - 1) / chunks);
  v.parts = (planes + v.part - 1) / v.part;
  // Output rows of a block.
  v.block = max(1, min(v.P, (ROW_BYTES / 4 / (phaseWidth(v) * v.strideW) - v.R) / v.strideH));
}

/** y = x * w + bias (or 0). */
export function conv_f32_depthwise(x: usize, w: usize, bias: usize, y: usize): void {
  forward(x, w, bias, y, 0, 1);
}

/** The gradient to the input of a convolution with stride `spread`; the sizes are those of the convolution of dy. */
export function conv_f32_depthwise_transposed(dy: usize, w: usize, dx: usize, spread: i32): void {
  forward(dy, w, 0, dx, 1, spread);
}

function forward(x: usize, w: usize, bias: usize, y: usize, transposed: i32, spread: i32): void {
  const v = depthwise();
  v.x = x; v.w = w; v.bias = bias; v.y = y;
  v.transposed = transposed; v.spread = spread;
  share(v, v.N * v.groups, 1);
  fork(forwardChunk, v.parts);
}

function forwardChunk(chunk: i32): void {
  const v = depthwise();
  const RS = v.R * v.S;
  const taps = scratch();
  const rows = taps + 128;
  const width = phaseWidth(v);
  for (let i = chunk * v.part; i < min(v.N * v.groups, (chunk + 1) * v.part); i++) {
    const c = i % v.groups;
    for (let t = 0; t < RS; t++) store<f32>(at(taps, t), load<f32>(at(v.w, c * RS + (v.transposed ? RS - 1 - t : t))));
    const bias = v.bias ? v128.load32_splat(at(v.bias, c)) : f32x4.splat(0);
    const image = v.x + (<usize>i * <usize>(v.H * v.W) << 2);
    const out = v.y + (<usize>i * <usize>(v.P * v.Q) << 2);
    for (let p = 0; p < v.P; p += v.block) {
      const count = min(v.block, v.P - p);
      padRows(v, image, p * v.strideH - v.padH, (count - 1) * v.strideH + v.R, width, rows);
      for (let r = 0; r < count; r++) {
        const from = at(rows, r * v.strideH * v.strideW * width);
        // Rows of zeros that were put between dy's are left out.
        const first = v.spread == 1 ? 0 : (v.padH - p - r) & 1;
        outputRow(v, taps, from, first, width, bias, at(out, (p + r) * v.Q));
      }
    }
  }
}

/** `count` rows of a plane from row h on with the padding around them, the columns of each sorted by their phase. */
function padRows(v: Depthwise, image: usize, h: i32, count: i32, width: i32, out: usize): void {
  const bytes = <usize>width << 2;
  const whole = bytes * v.strideW;
  for (; count > 0; count--, h++, out += whole) {
    // Loops, because a call of memory.fill or memory.copy takes longer than a row.
    for (let i: usize = 0; i < whole; i += 16) v128.store(out + i, f32x4.splat(0));
    const row = h / v.spread;
    if (h < 0 || row >= v.H || row * v.spread != h) continue;
    const line = at(image, row * v.W);
    if (v.spread > 1) {
      for (let w = 0; w < v.W; w++) {
        const place = w * v.spread + v.padW;
        if (place >= 0 && place < width) store<f32>(at(out, place), load<f32>(at(line, w)));
      }
    } else if (v.strideW == 1) {
      const last = min(v.W, width - v.padW);
      const to = at(out, v.padW);
      let w = 0;
      for (; w + 4 <= last; w += 4) v128.store(at(to, w), v128.load(at(line, w)));
      for (; w < last; w++) store<f32>(at(to, w), load<f32>(at(line, w)));
    } else {
      const last = min(v.W, 2 * width - v.padW);
      let w = 0;
      // Four even and four odd columns at a time; an odd padding makes an odd phase of the first.
      const even = out + (v.padW & 1 ? bytes : 0) + (<usize>(v.padW >> 1) << 2);
      const odd = out + (v.padW & 1 ? 0 : bytes) + (<usize>((v.padW + 1) >> 1) << 2);
      for (; w + 8 <= last; w += 8) {
        const a = v128.load(at(line, w));
        const b = v128.load(at(line, w), 16);
        v128.store(even + (<usize>w << 1), v128.shuffle<f32>(a, b, 0, 2, 4, 6));
        v128.store(odd + (<usize>w << 1), v128.shuffle<f32>(a, b, 1, 3, 5, 7));
      }
      for (; w < last; w++) store<f32>((w & 1 ? odd : even) + (<usize>(w >> 1) << 2), load<f32>(at(line, w)));
    }
  }
}

/** Where tap s of a padded row begins. */
@inline
function tapAt(v: Depthwise, line: usize, s: i32, width: i32): usize {
  return v.strideW == 1 ? at(line, s) : at(line, (s & 1) * width + (s >> 1));
}

/** One row of outputs, 16 at a time. */
function outputRow(v: Depthwise, taps: usize, from: usize, first: i32, width: i32, bias: v128, out: usize): void {
  const rowStep = <usize>(width * v.strideW * v.spread) << 2;
  const tapStep = <usize>(v.S * v.spread) << 2;
  const start = at(from, first * width * v.strideW);
  const t1 = tapAt(v, 0, 1, width), t2 = tapAt(v, 0, 2, width), t3 = tapAt(v, 0, 3, width), t4 = tapAt(v, 0, 4, width);
  const wide = v.S == 5;
  for (let q = 0; q < v.Q; q += TOGETHER) {
    let y0 = bias, y1 = bias, y2 = bias, y3 = bias;
    let line = start + (<usize>q << 2);
    let tap = at(taps, first * v.S);
    for (let r = first; r < v.R; r += v.spread, line += rowStep, tap += tapStep) {
      let x = line;
      let f = v128.load32_splat(tap, 0);
      y0 = madd(f, v128.load(x), y0);
      y1 = madd(f, v128.load(x, 16), y1);
      y2 = madd(f, v128.load(x, 32), y2);
      y3 = madd(f, v128.load(x, 48), y3);
      x = line + t1;
      f = v128.load32_splat(tap, 4);
      y0 = madd(f, v128.load(x), y0);
      y1 = madd(f, v128.load(x, 16), y1);
      y2 = madd(f, v128.load(x, 32), y2);
      y3 = madd(f, v128.load(x, 48), y3);
      x = line + t2;
      f = v128.load32_splat(tap, 8);
      y0 = madd(f, v128.load(x), y0);
      y1 = madd(f, v128.load(x, 16), y1);
      y2 = madd(f, v128.load(x, 32), y2);
      y3 = madd(f, v128.load(x, 48), y3);
      if (wide) {
        x = line + t3;
        f = v128.load32_splat(tap, 12);
        y0 = madd(f, v128.load(x), y0);
        y1 = madd(f, v128.load(x, 16), y1);
        y2 = madd(f, v128.load(x, 32), y2);
        y3 = madd(f, v128.load(x, 48), y3);
        x = line + t4;
        f = v128.load32_splat(tap, 16);
        y0 = madd(f, v128.load(x), y0);
        y1 = madd(f, v128.load(x, 16), y1);
        y2 = madd(f, v128.load(x, 32), y2);
        y3 = madd(f, v128.load(x, 48), y3);
      }
    }
    let to = at(out, q);
    if (q + TOGETHER <= v.Q) {
      v128.store(to, y0);
      v128.store(to, y1, 16);
      v128.store(to, y2, 32);
      v128.store(to, y3, 48);
      continue;
    }
    // The last part of the row, behind which another thread may write.
    let left = v.Q - q;
    while (left >= 4) {
      v128.store(to, y0);
      y0 = y1;
      y1 = y2;
      y2 = y3;
      to += 16;
      left -= 4;
    }
    if (left > 0) v128.store_lane<f32>(to, y0, 0);
    if (left > 1) v128.store_lane<f32>(to, y0, 1, 4);
    if (left > 2) v128.store_lane<f32>(to, y0, 2, 8);
  }
}

/** dw = the gradient to the filters; each chunk has its own channels. */
export function conv_f32_depthwise_weight(dy: usize, x: usize, dw: usize): void {
  const v = depthwise();
  v.x = x; v.y = dy; v.w = dw;
  v.transposed = 0; v.spread = 1;
  share(v, v.groups, v.N);
  fork(weightChunk, v.parts);
}

function weightChunk(chunk: i32): void {
  const v = depthwise();
  const RS = v.R * v.S;
  const rows = scratch() + 128;
  const width = phaseWidth(v);
  const row = v.strideW * width;
  for (let c = chunk * v.part; c < min(v.groups, (chunk + 1) * v.part); c++) {
    const sums = at(v.w, c * RS);
    for (let t = 0; t < RS; t++) store<f32>(at(sums, t), 0);
    for (let n = 0; n < v.N; n++) {
      const image = v.x + (<usize>(n * v.groups + c) * <usize>(v.H * v.W) << 2);
      const dy = v.y + (<usize>(n * v.groups + c) * <usize>(v.P * v.Q) << 2);
      for (let p = 0; p < v.P; p += v.block) {
        const count = min(v.block, v.P - p);
        padRows(v, image, p * v.strideH - v.padH, (count - 1) * v.strideH + v.R, width, rows);
        for (let r = 0; r < v.R; r++) tapRow(v, at(dy, p * v.Q), at(rows, r * row), row * v.strideH, width, count, at(sums, r * v.S));
      }
    }
  }
}

/** A row of taps += dy times the pixels under them, over `count` rows of dy. */
function tapRow(v: Depthwise, dy: usize, x: usize, row: i32, width: i32, count: i32, out: usize): void {
  // Two sums a tap where registers allow it: a single one would wait for its own last addition.
  let a0 = f32x4.splat(0), a1 = f32x4.splat(0), a2 = f32x4.splat(0), a3 = f32x4.splat(0), a4 = f32x4.splat(0);
  let b0 = f32x4.splat(0), b1 = f32x4.splat(0), b2 = f32x4.splat(0);
  const wide = v.S == 5;
  // The numbers behind a row's end are arbitrary, NaN included.
  const mask = i32x4.gt_s(i32x4.splat(v.Q & 3), i32x4(0, 1, 2, 3));
  for (; count > 0; count--, x = at(x, row), dy = at(dy, v.Q)) {
    const x1 = tapAt(v, x, 1, width), x2 = tapAt(v, x, 2, width), x3 = tapAt(v, x, 3, width), x4 = tapAt(v, x, 4, width);
    const end: usize = <usize>(v.Q & ~3) << 2;
    let i: usize = 0;
    if (wide)
      for (; i < end; i += 16) {
        const d = v128.load(dy + i);
        a0 = madd(d, v128.load(x + i), a0);
        a1 = madd(d, v128.load(x1 + i), a1);
        a2 = madd(d, v128.load(x2 + i), a2);
        a3 = madd(d, v128.load(x3 + i), a3);
        a4 = madd(d, v128.load(x4 + i), a4);
      }
    else {
      for (; i + 16 < end; i += 32) {
        const d = v128.load(dy + i);
        const e = v128.load(dy + i, 16);
        a0 = madd(d, v128.load(x + i), a0);
        b0 = madd(e, v128.load(x + i, 16), b0);
        a1 = madd(d, v128.load(x1 + i), a1);
        b1 = madd(e, v128.load(x1 + i, 16), b1);
        a2 = madd(d, v128.load(x2 + i), a2);
        b2 = madd(e, v128.load(x2 + i, 16), b2);
      }
      for (; i < end; i += 16) {
        const d = v128.load(dy + i);
        a0 = madd(d, v128.load(x + i), a0);
        a1 = madd(d, v128.load(x1 + i), a1);
        a2 = madd(d, v128.load(x2 + i), a2);
      }
    }
    if (v.Q & 3) {
      const d = v128.and(v128.load(dy + i), mask);
      a0 = madd(d, v128.and(v128.load(x + i), mask), a0);
      a1 = madd(d, v128.and(v128.load(x1 + i), mask), a1);
      a2 = madd(d, v128.and(v128.load(x2 + i), mask), a2);
      a3 = madd(d, v128.and(v128.load(x3 + i), mask), a3);
      a4 = madd(d, v128.and(v128.load(x4 + i), mask), a4);
    }
  }
  store<f32>(out, load<f32>(out) + sumOf(f32x4.add(a0, b0)));
  store<f32>(out, load<f32>(out, 4) + sumOf(f32x4.add(a1, b1)), 4);
  store<f32>(out, load<f32>(out, 8) + sumOf(f32x4.add(a2, b2)), 8);
  if (!wide) return;
  store<f32>(out, load<f32>(out, 12) + sumOf(a3), 12);
  store<f32>(out, load<f32>(out, 16) + sumOf(a4), 16);
}
