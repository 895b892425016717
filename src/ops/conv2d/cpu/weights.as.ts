// The gradient to the weights. With the channels of a pixel side by side, the pixels under a row of taps are one run of S * C
// numbers. A tile of the gradient is 6 (or 4) filters by 8 numbers of that run, summed over the output pixels of all images:
// dy is packed like the filters of other convolutions, and no pixel is copied twice.
import { chunksOf, fork, jobArguments, scratch } from "../../../devices/cpu/fork.as";
import { interleave } from "../../../devices/cpu/lanes.as";
import { offset4x8, offset6x8 } from "../../../devices/cpu/offsetTiles.as";
import { packedRows, panelRows } from "../../../devices/cpu/tiles.as";
import { CHUNK_WORK, Conv, at } from "./sizes.as";

/** Output pixels of a partial sum: a panel of dy and the pixels under the taps stay in the first-level cache. */
const PLACES = 256;
/** Bytes of the reordered images of a batch, all of which each tile reads. */
const BATCH_BYTES = 2 * 1024 * 1024;
/** Channels from which on a run is one pixel. */
const DEEP = 32;
/** Multiply-adds that take as long as reordering one number. */
const ORDER_WORK: f64 = 8;

@unmanaged
class Weights extends Conv {
  /** The parts of the workspace: pixels, panels of dy, the table of output pixels, sums. */
  pixels: usize; panels: usize; offsets: usize; sums: usize;
  /** Rows and columns of an image that taps read, and the numbers from one pixel to the next. */
  tall: i32; wide: i32; step: i32;
  /** Runs of a row of taps, the numbers of each, and its tiles of eight. */
  runs: i32; length: i32; eights: i32;
  /** Images of a batch and the first of them, or rows of one image's dy and the first of them. */
  images: i32; first: i32;
  rows: i32; top: i32;
}

@inline
function weights(): Weights {
  return changetype<Weights>(jobArguments());
}

@inline
function imageSize(v: Weights): i32 {
  return v.tall * v.wide * v.step;
}
/** Tiles of 8 numbers by all filters of a group. */
@inline
function unitsOf(v: Weights): i32 {
  return v.groups * v.R * v.runs * v.eights;
}

/** Numbers of an image and of dy's panels, for `rows` rows of dy. */
function numbersOf(v: Weights, rows: i32): i32 {
  const tall = (rows - 1) * v.strideH + (v.R - 1) * v.dilationH + 1;
  return v.groups * (tall * v.wide * v.step + packedRows(v.K) * rows * v.Q);
}

function plan(v: Weights): void {
  v.wide = (v.Q - 1) * v.strideW + (v.S - 1) * v.dilationW + 1;
  const joined = v.C < DEEP && v.dilationW == 1;
  v.runs = joined ? 1 : v.S;
  v.length = joined ? v.S * v.C : v.C;
  v.eights = (v.length + 7) / 8;
  // An odd number of cache lines: pixels then fall into all places of the first-level cache.
  v.step = v.C < DEEP ? v.C : ((v.C + 15) / 16 | 1) * 16;
  v.images = max(1, min(v.N, BATCH_BYTES / 4 / numbersOf(v, v.P)));
  v.rows = v.P;
  if (v.images == 1) while (v.rows > 1 && v.rows * v.Q > PLACES && numbersOf(v, v.rows) > BATCH_BYTES / 4) v.rows = (v.rows + 1) / 2;
}

/** Numbers of the workspace of `conv_f32_backward_weight`. */
export function conv_weight_workspace(): i32 {
  const v = weights();
  plan(v);
  return v.images * (numbersOf(v, v.rows) + v.rows * v.Q) + 32 + unitsOf(v) * packedRows(v.K) * 8;
}

/** dw = the gradient; `workspace` has the size that `conv_weight_workspace` gave. */
export function conv_f32_backward_weight(dy: usize, x: usize, dw: usize, workspace: usize): void {
  const v = weights();
  plan(v);
  v.x = x; v.y = dy; v.w = dw;
  v.offsets = workspace;
  v.sums = at(workspace, v.images * v.rows * v.Q);
  v.pixels = at(v.sums, unitsOf(v) * packedRows(v.K) * 8);
  const images = v.images;
  const rows = v.rows;
  for (let n = 0; n < v.N; n += images) {
    v.first = n;
    v.images = min(images, v.N - n);
    for (let p = 0; p < v.P; p += rows) {
      v.top = p;
      v.rows = min(rows, v.P - p);
      sumUp(v);
    }
  }
  v.part = chunksOf(v.eights, <f64>(v.groups * v.R * v.runs * v.K * 8), CHUNK_WORK / ORDER_WORK);
  fork(storeChunk, v.part);
}

/** The sums over some images, or over some rows of one. */
function sumUp(v: Weights): void {
  v.tall = (v.rows - 1) * v.strideH + (v.R - 1) * v.dilationH + 1;
  const planes = v.images * v.groups;
  v.panels = at(v.pixels, planes * imageSize(v) + 16);
  const rowChunks = chunksOf(planes * v.tall, ORDER_WORK * <f64>(v.wide * v.C), CHUNK_WORK);
  v.block = (planes * v.tall + rowChunks - 1) / rowChunks;
  v.parts = (planes * v.tall + v.block - 1) / v.block;
  const dyChunks = chunksOf(planes, ORDER_WORK * <f64>(v.K * v.rows * v.Q), CHUNK_WORK);
  v.part = (planes + dyChunks - 1) / dyChunks;
  fork(orderChunk, v.parts + (planes + v.part - 1) / v.part);
  const units = unitsOf(v);
  const chunks = chunksOf(units, <f64>(8 * v.K) * <f64>(v.images * v.rows * v.Q), CHUNK_WORK);
  v.part = (units + chunks - 1) / chunks;
  fork(tilesChunk, (units + v.part - 1) / v.part);
}

function orderChunk(chunk: i32): void {
  const v = weights();
  if (chunk < v.parts) {
    const first = chunk * v.block;
    for (let row = first; row < min(first + v.block, v.images * v.groups * v.tall); row++) orderRow(v, row);
  } else {
    const first = (chunk - v.parts) * v.part;
    for (let i = first; i < min(first + v.part, v.images * v.groups); i++) {
      packDy(v, i / v.groups, i % v.groups);
      if (i % v.groups == 0) tableOfPlaces(v, i / v.groups);
    }
  }
}

/** One row of all channels, with its padding. */
function orderRow(v: Weights, row: i32): void {
  const image = row / v.tall;
  const h = v.top * v.strideH + row - image * v.tall - v.padH;
  const to = at(v.pixels, row * v.wide * v.step);
  const before = min(v.padW, v.wide);
  const count = h >= 0 && h < v.H ? max(0, min(v.W, v.wide - before)) : 0;
  const plane = v.H * v.W;
  const from = at(v.x, (v.first * v.groups + image) * v.C * plane + h * v.W);
  const out = at(to, before * v.step);
  // The last channels first: what a vector writes beyond them is then written again, but at the row's end, whose last pixel is
  // written number by number: the next row may be another chunk's.
  if (v.C == 1) copyRow(from, out, count);
  else if (count)
    for (let c = (v.C - 1) & ~3; c >= 0; c -= 4) {
      const p0 = at(from, c * plane);
      const last = v.C - 1 - c;
      const p1 = at(p0, min(last, 1) * plane);
      const p2 = at(p0, min(last, 2) * plane);
      const p3 = at(p0, min(last, 3) * plane);
      const whole = last < 3 ? count - 1 : count;
      interleave(p0, p1, p2, p3, whole, i32x4.splat(-1), at(out, c), <usize>v.step << 2);
      if (whole < count)
        for (let i = 0; i <= last; i++) store<f32>(at(out, whole * v.step + c + i), load<f32>(at(p0, i * plane + whole)));
    }
  zeros(to, before * v.step);
  zeros(at(to, (before + count) * v.step), (v.wide - before - count) * v.step);
}

/** A row of an image with one channel, copied as it is. */
@inline
function copyRow(from: usize, to: usize, count: i32): void {
  for (; count >= 4; count -= 4, from += 16, to += 16) v128.store(to, v128.load(from));
  for (; count > 0; count--, from += 4, to += 4) store<f32>(to, load<f32>(from));
}

/** `count` zeros, in a loop: for the few of a padding a call of memory.fill takes longer. */
@inline
function zeros(to: usize, count: i32): void {
  for (; count >= 4; count -= 4, to += 16) v128.store(to, f32x4.splat(0));
  for (; count > 0; count--, to += 4) store<f32>(to, 0);
}

/** The planes of dy of one image and group as panels: for each place one number of each filter. */
function packDy(v: Weights, image: i32, g: i32): void {
  const PQ = v.P * v.Q;
  const count = v.rows * v.Q;
  const from = at(v.y, ((v.first + image) * v.groups + g) * v.K * PQ + v.top * v.Q);
  const every = i32x4.splat(-1);
  let panel = at(v.panels, g * packedRows(v.K) * v.images * count);
  for (let k = 0; k < v.K; ) {
    const rows = panelRows(v.K - k);
    const step = <usize>rows << 2;
    const out = at(panel, image * count * rows);
    const last = v.K - 1;
    // The last 4 of 6 lie over the first 4.
    for (let r = 0; r < rows; r += 4) {
      if (r) r = 2;
      const p0 = at(from, min(k + r, last) * PQ);
      const p1 = at(from, min(k + r + 1, last) * PQ);
      const p2 = at(from, min(k + r + 2, last) * PQ);
      const p3 = at(from, min(k + r + 3, last) * PQ);
      interleave(p0, p1, p2, p3, count, every, at(out, r), step);
    }
    panel = at(panel, v.images * count * rows);
    k += rows;
  }
}

/** Some tiles: their sums over the output pixels of a batch. */
function tilesChunk(chunk: i32): void {
  const v = weights();
  const places = v.images * v.rows * v.Q;
  const size = imageSize(v);
  const rowsOfAll = packedRows(v.K);
  const sum = scratch();
  const first = chunk * v.part;
  const end = min(first + v.part, unitsOf(v));
  for (let place = 0; place < places; place += PLACES) {
    const count = min(PLACES, places - place);
    const offsets = at(v.offsets, place);
    const isFirst = place == 0 && v.first == 0 && v.top == 0;
    for (let unit = first; unit < end; unit++) {
      const e = unit % v.eights;
      let rest = unit / v.eights;
      const run = rest % v.runs;
      rest /= v.runs;
      const r = rest % v.R;
      const g = rest / v.R;
      const seen = at(v.pixels, g * size + (r * v.dilationH * v.wide + run * v.dilationW) * v.step + e * 8);
      let panel = at(v.panels, g * rowsOfAll * places);
      let out = at(v.sums, unit * rowsOfAll * 8);
      for (let k = 0; k < v.K; ) {
        const rows = panelRows(v.K - k);
        const to = isFirst ? out : sum;
        if (rows == 6) offset6x8(at(panel, place * 6), seen, offsets, count, to, 32, 0);
        else offset4x8(at(panel, place * 4), seen, offsets, count, to, 32, 0);
        if (!isFirst) for (let i = 0; i < rows * 8; i += 4) v128.store(at(out, i), f32x4.add(v128.load(at(out, i)), v128.load(at(sum, i))));
        panel = at(panel, rows * places);
        out = at(out, rows * 8);
        k += rows;
      }
    }
  }
}

/** The table of output pixels of an image: the bytes from the first pixel of all images to the one under the first tap. */
function tableOfPlaces(v: Weights, image: i32): void {
  let to = at(v.offsets, image * v.rows * v.Q);
  const across = <u32>(v.strideW * v.step) << 2;
  for (let p = 0; p < v.rows; p++) {
    let offset = <u32>(image * v.groups * imageSize(v) + p * v.strideH * v.wide * v.step) << 2;
    for (let q = 0; q < v.Q; q++, to += 4, offset += across) store<u32>(to, offset);
  }
}

/** Stores the finished sums at the filters' taps: some tiles of eight, filter by filter, so that neighbours are written together. */
function storeChunk(chunk: i32): void {
  const v = weights();
  const RS = v.R * v.S;
  const rowsOfAll = packedRows(v.K);
  for (let e = chunk; e < v.eights; e += v.part) {
    const count = min(8, v.length - e * 8);
    const s0 = v.runs == 1 ? e * 8 / v.C : 0;
    const c0 = e * 8 - s0 * v.C;
    for (let g = 0; g < v.groups; g++)
      for (let k = 0; k < v.K; k++) {
        const filter = at(v.w, (g * v.K + k) * v.C * RS);
        for (let r = 0; r < v.R; r++)
          for (let run = 0; run < v.runs; run++) {
            let from = at(v.sums, ((((g * v.R + r) * v.runs + run) * v.eights + e) * rowsOfAll + k) * 8);
            let s = run + s0;
            let c = c0;
            let to = at(filter, c * RS + r * v.S + s);
            for (let i = 0; i < count; i++, from += 4) {
              store<f32>(to, load<f32>(from));
              to = at(to, RS);
              if (++c == v.C) {
                c = 0;
                to = at(filter, r * v.S + ++s);
              }
            }
          }
      }
  }
}
