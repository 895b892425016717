// The gradient to the weights without patches, for filters 2 or more wide at stride 1. The rows of dy are brought to the
// input's width, with zeros between, so that an image is one long row; dy and the pixels that a tap saw are then two
// streams, and the sums for a few filters and all taps of a filter's row are held in registers.
import { chunksOf, fork, scratch } from "../../devices/cpu/fork.as";
import { sumOf } from "../../devices/cpu/lanes.as";
import { madd } from "../../devices/cpu/tiles.as";
import { CHUNK_WORK, Conv, at, conv, imageOf, padRows } from "./patches.as";

/** Bytes of dy that are worked on at a time: they stay in the second-level cache while all taps meet them. */
const BLOCK_BYTES = 256 * 1024;
/** Bytes of padded input that are held beside it, of the scratch memory; one row of the result needs R rows of them. */
const PADDED_BYTES = 1024 * 1024;

/** The width of the input's rows, its padding included. */
function widthOf(v: Conv): i32 {
  return v.padH > 0 || v.padW > 0 ? max(v.W + 2 * v.padW, v.Q + v.S - 1) : v.W;
}

/** How many numbers `conv_f32_widen` writes. */
export function conv_wide_size(): i32 {
  const v = conv();
  return v.N * v.groups * v.K * v.P * widthOf(v) + 16;
}

/** dy with its rows as far apart as those of the input, and zeros between. */
export function conv_f32_widen(dy: usize, out: usize): void {
  const v = conv();
  v.y = dy; v.w = out;
  const planes = v.N * v.groups * v.K;
  const chunks = chunksOf(planes, <f64>(v.P * widthOf(v)), CHUNK_WORK / 4);
  v.part = (planes + chunks - 1) / chunks;
  fork(widenChunk, (planes + v.part - 1) / v.part);
}

function widenChunk(chunk: i32): void {
  const v = conv();
  const width = widthOf(v);
  const gap = <usize>(width - v.Q) << 2;
  const first = chunk * v.part;
  const planes = min(v.part, v.N * v.groups * v.K - first);
  let from = at(v.y, first * v.P * v.Q);
  let out = at(v.w, first * v.P * width);
  for (let row = planes * v.P; row > 0; row--) {
    let i = 0;
    for (; i + 4 <= v.Q; i += 4) v128.store(at(out, i), v128.load(at(from, i)));
    for (; i < v.Q; i++) store<f32>(at(out, i), load<f32>(at(from, i)));
    from = at(from, v.Q);
    out = at(out, v.Q);
    for (let z: usize = 0; z < gap; z += 4) store<f32>(out + z, 0);
    out += gap;
  }
}

/** dw (zeroed before) += the gradient, for stride 1, dilation 1 and S from 2. Each chunk has its own channels. */
export function conv_f32_backward_weight_direct(wideDy: usize, x: usize, dw: usize): void {
  const v = conv();
  v.x = x; v.y = wideDy; v.w = dw;
  const channels = v.groups * v.C;
  const chunks = chunksOf(channels, <f64>(v.R * v.S * v.K) * <f64>(v.N * v.P * v.Q), CHUNK_WORK);
  v.part = (channels + chunks - 1) / chunks;
  // Rows of filters are shared out as well where channels are few.
  v.parts = chunks < 4 && <f64>(channels * v.S * v.K) * <f64>(v.N * v.P * v.Q) > CHUNK_WORK ? v.R : 1;
  fork(directChunk, ((channels + v.part - 1) / v.part) * v.parts);
}

function directChunk(chunk: i32): void {
  const v = conv();
  const first = (chunk / v.parts) * v.part;
  const last = min(v.groups * v.C, first + v.part);
  const r0 = v.parts == 1 ? 0 : chunk % v.parts;
  const r1 = v.parts == 1 ? v.R : r0 + 1;
  const padded = v.padH > 0 || v.padW > 0;
  const width = widthOf(v);
  const held = padded ? PADDED_BYTES / 4 / width : i32.MAX_VALUE;
  const rows = max(1, min(min(v.P, held - v.R + 1), BLOCK_BYTES / 4 / (v.K * width)));
  // Several small images at a time: the sums across registers at the end are then worth less.
  const images =
    rows < v.P ? 1 : max(1, min(min(v.N, held / (v.P + v.R - 1)), BLOCK_BYTES / 4 / (v.K * v.P * width)));
  const planes = scratch() + 256;
  const dyPlane = <usize>(v.P * width) << 2;
  const dyImage = dyPlane * (v.groups * v.K);
  for (let n = 0; n < v.N; n += images)
    for (let p = 0; p < v.P; p += rows) {
      const together = min(images, v.N - n);
      const count = min(rows, v.P - p);
      const length = (count - 1) * width + v.Q;
      const tall = count + v.R - 1;
      for (let channel = first; channel < last; channel++) {
        const g = channel / v.C;
        const c = channel - g * v.C;
        const dy = at(v.y + <usize>n * dyImage + <usize>(g * v.K) * dyPlane, p * width);
        let from = at(imageOf(v, n, g), (c * v.H + p) * v.W);
        let xImage = <usize>(v.groups * v.C * v.H * v.W) << 2;
        if (padded) {
          for (let i = 0; i < together; i++)
            padRows(v, at(imageOf(v, n + i, g), c * v.H * v.W), p - v.padH, tall, width, at(planes, i * tall * width));
          from = planes;
          xImage = <usize>(tall * width) << 2;
        }
        for (let r = r0; r < r1; r++) {
          const to = at(v.w, ((g * v.K * v.C + c) * v.R + r) * v.S);
          taps(v, dy, dyPlane, dyImage, at(from, r * width), xImage, together, length, to);
        }
      }
    }
}

/** Filters that are held together: with 3 or 2 taps of each the registers suffice. */
const HELD = 3;

/** One row of taps of all filters, three or two taps at a time; the weights of two filters lie C * R * S apart. */
function taps(v: Conv, dy: usize, dyPlane: usize, dyImage: usize, x: usize, xImage: usize, images: i32, length: i32, dw: usize): void {
  // Fewer filters than are held together: one at a time, in all places.
  const few = v.K < HELD;
  const step = few ? 1 : HELD;
  const plane: usize = few ? 0 : dyPlane;
  const sums = scratch();
  for (let k = 0; k < v.K; k += step) {
    // The last group lies over the one before, so that it is full; its first filters are then left out.
    const k0 = few ? k : min(k, v.K - HELD);
    for (let s = 0; s < v.S; ) {
      const wide = v.S - s == 3 || v.S - s > 4 ? 3 : 2;
      for (let i = 0; i < 16 * 9; i += 16) v128.store(sums + i, f32x4.splat(0));
      for (let i = 0; i < images; i++) {
        const from = dy + <usize>i * dyImage + <usize>k0 * dyPlane;
        if (wide == 3) stream3x3(from, plane, at(x, s) + <usize>i * xImage, length, sums);
        else stream3x2(from, plane, at(x, s) + <usize>i * xImage, length, sums);
      }
      for (let i = k - k0; i < step; i++)
        for (let t = 0; t < wide; t++) {
          const to = at(dw, (k0 + i) * v.C * v.R * v.S + s + t);
          store<f32>(to, load<f32>(to) + sumOf(v128.load(sums + (<usize>(i * wide + t) << 4))));
        }
      s += wide;
    }
  }
}

// sums [filters][taps] of 4 lanes += dy of neighbouring filters times the stream of pixels under each tap. Exported so that
// they stay functions of their own: inside other loops V8 runs out of registers.
export function stream3x3(dy: usize, dyPlane: usize, x: usize, length: i32, sums: usize): void {
  let d1 = dy + dyPlane;
  let d2 = d1 + dyPlane;
  let s00 = v128.load(sums, 0);
  let s01 = v128.load(sums, 16);
  let s02 = v128.load(sums, 32);
  let s10 = v128.load(sums, 48);
  let s11 = v128.load(sums, 64);
  let s12 = v128.load(sums, 80);
  let s20 = v128.load(sums, 96);
  let s21 = v128.load(sums, 112);
  let s22 = v128.load(sums, 128);
  for (let i = length >> 2; i > 0; i--) {
    const e0 = v128.load(dy);
    const e1 = v128.load(d1);
    const e2 = v128.load(d2);
    let v: v128;
    v = v128.load(x, 0);
    s00 = madd(e0, v, s00);
    s10 = madd(e1, v, s10);
    s20 = madd(e2, v, s20);
    v = v128.load(x, 4);
    s01 = madd(e0, v, s01);
    s11 = madd(e1, v, s11);
    s21 = madd(e2, v, s21);
    v = v128.load(x, 8);
    s02 = madd(e0, v, s02);
    s12 = madd(e1, v, s12);
    s22 = madd(e2, v, s22);
    dy += 16;
    d1 += 16;
    d2 += 16;
    x += 16;
  }
  if (length & 3) {
    // Behind the end lies anything, NaN included.
    const mask = i32x4.gt_s(i32x4.splat(length & 3), i32x4(0, 1, 2, 3));
    const e0 = v128.and(v128.load(dy), mask);
    const e1 = v128.and(v128.load(d1), mask);
    const e2 = v128.and(v128.load(d2), mask);
    let v: v128;
    v = v128.and(v128.load(x, 0), mask);
    s00 = madd(e0, v, s00);
    s10 = madd(e1, v, s10);
    s20 = madd(e2, v, s20);
    v = v128.and(v128.load(x, 4), mask);
    s01 = madd(e0, v, s01);
    s11 = madd(e1, v, s11);
    s21 = madd(e2, v, s21);
    v = v128.and(v128.load(x, 8), mask);
    s02 = madd(e0, v, s02);
    s12 = madd(e1, v, s12);
    s22 = madd(e2, v, s22);
  }
  v128.store(sums, s00, 0);
  v128.store(sums, s01, 16);
  v128.store(sums, s02, 32);
  v128.store(sums, s10, 48);
  v128.store(sums, s11, 64);
  v128.store(sums, s12, 80);
  v128.store(sums, s20, 96);
  v128.store(sums, s21, 112);
  v128.store(sums, s22, 128);
}

export function stream3x2(dy: usize, dyPlane: usize, x: usize, length: i32, sums: usize): void {
  let d1 = dy + dyPlane;
  let d2 = d1 + dyPlane;
  let s00 = v128.load(sums, 0);
  let s01 = v128.load(sums, 16);
  let s10 = v128.load(sums, 32);
  let s11 = v128.load(sums, 48);
  let s20 = v128.load(sums, 64);
  let s21 = v128.load(sums, 80);
  for (let i = length >> 2; i > 0; i--) {
    const e0 = v128.load(dy);
    const e1 = v128.load(d1);
    const e2 = v128.load(d2);
    let v: v128;
    v = v128.load(x, 0);
    s00 = madd(e0, v, s00);
    s10 = madd(e1, v, s10);
    s20 = madd(e2, v, s20);
    v = v128.load(x, 4);
    s01 = madd(e0, v, s01);
    s11 = madd(e1, v, s11);
    s21 = madd(e2, v, s21);
    dy += 16;
    d1 += 16;
    d2 += 16;
    x += 16;
  }
  if (length & 3) {
    // Behind the end lies anything, NaN included.
    const mask = i32x4.gt_s(i32x4.splat(length & 3), i32x4(0, 1, 2, 3));
    const e0 = v128.and(v128.load(dy), mask);
    const e1 = v128.and(v128.load(d1), mask);
    const e2 = v128.and(v128.load(d2), mask);
    let v: v128;
    v = v128.and(v128.load(x, 0), mask);
    s00 = madd(e0, v, s00);
    s10 = madd(e1, v, s10);
    s20 = madd(e2, v, s20);
    v = v128.and(v128.load(x, 4), mask);
    s01 = madd(e0, v, s01);
    s11 = madd(e1, v, s11);
    s21 = madd(e2, v, s21);
  }
  v128.store(sums, s00, 0);
  v128.store(sums, s01, 16);
  v128.store(sums, s10, 32);
  v128.store(sums, s11, 48);
  v128.store(sums, s20, 64);
  v128.store(sums, s21, 80);
}
