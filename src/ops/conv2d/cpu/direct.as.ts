// Convolution at stride 1 without patches, for few filters: copying patches would take as long as multiplying them. A tile is 6 (or 4) filters by 8 neighbouring pixels of one row, whose inputs are read where they lie.
// Gain over patches, one core: the first lecture's 3->6 5x5 15 -> 29 GFLOP/s.
import { fork, scratch } from "../../../devices/cpu/fork.as";
import { offset4x8, offset6x8 } from "../../../devices/cpu/offsetTiles.as";
import { packedRows, panelRows } from "../../../devices/cpu/tiles.as";
import { CHUNK_WORK, Conv, at, conv, imageOf } from "./sizes.as";

/** Bytes of the padded input of a block. */
const BLOCK_BYTES = 512 * 1024;

/** y = x * w + bias, with w packed by rows; bias may be 0. Rows of the result must be 8 pixels long or more. */
export function conv_f32_direct(x: usize, packed: usize, bias: usize, y: usize): void {
  const v = conv();
  v.x = x; v.w = packed; v.bias = bias; v.y = y;
  const width = max(v.W + 2 * v.padW, v.Q + v.S - 1);
  const fitting = BLOCK_BYTES / 4 / (v.C * width) - (v.R - 1);
  const rowWork = <f64>(v.C * v.R * v.S) * <f64>(v.K * v.Q);
  // Rows of a chunk: enough work to be worth claiming, and input that fits the cache.
  v.block = max(1, min(min(v.P, fitting), <i32>(CHUNK_WORK / rowWork) + 1));
  if (<f64>v.P * rowWork < 2 * CHUNK_WORK && fitting >= v.P) v.block = v.P;
  v.parts = (v.P + v.block - 1) / v.block;
  // A chunk computes several small images.
  const imageWork = <f64>v.P * rowWork;
  v.part = v.parts > 1 || imageWork >= CHUNK_WORK ? 1 : min(v.N, <i32>(CHUNK_WORK / imageWork) + 1);
  fork(directChunk, ((v.N + v.part - 1) / v.part) * v.groups * v.parts);
}

function directChunk(chunk: i32): void {
  const v = conv();
  const p0 = (chunk % v.parts) * v.block;
  const p1 = min(v.P, p0 + v.block);
  const rest = chunk / v.parts;
  const g = rest % v.groups;
  const first = (rest / v.groups) * v.part;
  // Padding behind a row may come without any before it: a filter of even width, padding "same".
  const padded = v.padH > 0 || v.padW > 0 || v.Q + v.S - 1 > v.W;
  const width = padded ? max(v.W + 2 * v.padW, v.Q + v.S - 1) : v.W;
  const tall = p1 - p0 + v.R - 1;
  for (let n = first; n < min(v.N, first + v.part); n++) {
    let from = at(imageOf(v, n, g), p0 * v.W);
    let channelBytes = <usize>(v.H * v.W) << 2;
    if (padded) {
      from = scratch();
      channelBytes = <usize>(tall * width) << 2;
      for (let c = 0; c < v.C; c++)
        padRows(v, at(imageOf(v, n, g), c * v.H * v.W), p0 - v.padH, tall, width, from + <usize>c * channelBytes);
    }
    tableOfTaps(v, <usize>width << 2, channelBytes);
    for (let p = p0; p < p1; p++)
      directRow(v, g, p, at(from, (p - p0) * width), at(v.y, (n * v.groups + g) * v.K * v.P * v.Q + p * v.Q));
  }
}

/**
 * `count` rows of one channel from row h on, with the padding around them. Loops, because a call of memory.copy takes as long
 * as some ten vectors. Writes up to 12 bytes past its end.
 */
function padRows(v: Conv, image: usize, h: i32, count: i32, width: i32, out: usize): void {
  const zero = f32x4.splat(0);
  for (; count > 0; count--, h++, out = at(out, width)) {
    const exists = h >= 0 && h < v.H;
    for (let i = exists ? v.padW + v.W : 0; i < width; i += 4) v128.store(at(out, i), zero);
    if (!exists) continue;
    for (let i = 0; i < v.padW; i++) store<f32>(at(out, i), 0);
    const from = at(image, h * v.W);
    const to = at(out, v.padW);
    let i = 0;
    for (; i + 4 <= v.W; i += 4) v128.store(at(to, i), v128.load(at(from, i)));
    for (; i < v.W; i++) store<f32>(at(to, i), load<f32>(at(from, i)));
  }
}

/** The table of taps: the bytes from the first tap's pixel to each tap's. */
function tableOfTaps(v: Conv, rowBytes: usize, channelBytes: usize): void {
  let to = scratch() + TABLE;
  for (let r = 0; r < v.R; r++)
    for (let c = 0; c < v.C; c++)
      for (let s = 0; s < v.S; s++, to += 4) store<u32>(to, <u32>(<usize>c * channelBytes + <usize>r * rowBytes + (<usize>s << 2)));
}

/** Row p of the result of all filters. Rows of taps above and below the image are left out. */
function directRow(v: Conv, g: i32, p: i32, x: usize, y: usize): void {
  const taps = v.C * v.R * v.S;
  const row = v.C * v.S;
  const above = min(v.R, max(0, v.padH - p));
  const seen = max(0, min(v.R, v.H + v.padH - p) - above) * row;
  const plane = v.P * v.Q;
  const planeBytes = <usize>plane << 2;
  const offsets = at(scratch() + TABLE, above * row);
  let panel = at(v.w, g * packedRows(v.K) * taps);
  for (let k = 0; k < v.K; ) {
    const rows = panelRows(v.K - k);
    const bias = v.bias ? at(v.bias, g * v.K + k) : 0;
    const real = min(rows, v.K - k);
    for (let q = 0; q < v.Q; q += 8) {
      // The last tile lies over the one before, so that it is full.
      const left = min(q, v.Q - 8);
      let to = at(y, k * plane + left);
      let step = planeBytes;
      if (real < rows) {
        to = scratch() + EDGE;
        step = 32;
      }
      const filters = at(panel, above * row * rows);
      if (rows == 6) offset6x8(filters, at(x, left), offsets, seen, to, step, bias);
      else offset4x8(filters, at(x, left), offsets, seen, to, step, bias);
      if (real < rows)
        for (let r = 0; r < real; r++) {
          const row = at(y, (k + r) * plane + left);
          v128.store(row, v128.load(to + (<usize>r << 5)));
          v128.store(row, v128.load(to + (<usize>r << 5), 16), 16);
        }
    }
    panel = at(panel, rows * taps);
    k += rows;
  }
}

/** Where the table of taps lies in the scratch memory, in bytes: behind the padded input. */
const TABLE: usize = 1024 * 1024;
/** Where a tile lies of which only some filters exist, in bytes. */
const EDGE: usize = 2 * 1024 * 1024 - 256;
