// The gradient to the weights without patches, for filters 3 or 5 wide at stride 1: a row of dy and the row of pixels
// that a row of taps saw are read where they lie, and the sums for neighbouring taps are held in registers.
// Gain over patches (see kernel.as.ts), one core: 5x5 of the first lecture 9 -> 25 GFLOP/s, 3x3 64->64 56x56 19 -> 27.
import { chunksOf, fork, jobArguments, scratch } from "../../devices/cpu/fork.as";
import { madd, across } from "../../devices/cpu/tiles.as";
import { Conv, at, imageOf } from "./patches.as";

const CHUNK_WORK: f64 = 60000;
/** Bytes of dy that are worked on at a time: they stay in the second-level cache while all taps meet them. */
const BLOCK_BYTES = 256 * 1024;

// @ts-ignore: decorator
@inline
function conv(): Conv {
  return changetype<Conv>(jobArguments());
}

// @ts-ignore: decorator
@inline
function addTo(out: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(out, f32x4.add(v128.load(out), across(a, b, c, d)));
}

// @ts-ignore: decorator
@inline
function sumOf(a: v128): f32 {
  return f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3));
}

/** out [2,5] (rows of 8 numbers) += dy of 2 filters times one row of input pixels under each of 5 neighbouring taps, over the rows of some images. */
function direct2x5(dy: usize, dyPlane: usize, dyImage: usize, x: usize, xRow: usize, xImage: usize, images: i32, rows: i32, q: i32, out: usize): void {
  let s00 = f32x4.splat(0), s01 = f32x4.splat(0), s02 = f32x4.splat(0), s03 = f32x4.splat(0), s04 = f32x4.splat(0);
  let s10 = f32x4.splat(0), s11 = f32x4.splat(0), s12 = f32x4.splat(0), s13 = f32x4.splat(0), s14 = f32x4.splat(0);
  const whole = q >> 2;
  const rest = q & 3;
  // Behind a row's end lies anything, NaN included.
  const mask = i32x4.gt_s(i32x4.splat(rest), i32x4(0, 1, 2, 3));
  const skip = <usize>rest << 2;
  for (; images > 0; images--, dy += dyImage, x += xImage) {
    let d0 = dy;
    let d1 = d0 + dyPlane;
    let top = x;
    for (let row = rows; row > 0; row--) {
      let line = top;
      for (let i = whole; i > 0; i--) {
        const e0 = v128.load(d0);
        const e1 = v128.load(d1);
        let v: v128;
        v = v128.load(line, 0);
        s00 = madd(e0, v, s00);
        s10 = madd(e1, v, s10);
        v = v128.load(line, 4);
        s01 = madd(e0, v, s01);
        s11 = madd(e1, v, s11);
        v = v128.load(line, 8);
        s02 = madd(e0, v, s02);
        s12 = madd(e1, v, s12);
        v = v128.load(line, 12);
        s03 = madd(e0, v, s03);
        s13 = madd(e1, v, s13);
        v = v128.load(line, 16);
        s04 = madd(e0, v, s04);
        s14 = madd(e1, v, s14);
        d0 += 16;
        d1 += 16;
        line += 16;
      }
      if (rest) {
        const e0 = v128.and(v128.load(d0), mask);
        const e1 = v128.and(v128.load(d1), mask);
        let v: v128;
        v = v128.and(v128.load(line, 0), mask);
        s00 = madd(e0, v, s00);
        s10 = madd(e1, v, s10);
        v = v128.and(v128.load(line, 4), mask);
        s01 = madd(e0, v, s01);
        s11 = madd(e1, v, s11);
        v = v128.and(v128.load(line, 8), mask);
        s02 = madd(e0, v, s02);
        s12 = madd(e1, v, s12);
        v = v128.and(v128.load(line, 12), mask);
        s03 = madd(e0, v, s03);
        s13 = madd(e1, v, s13);
        v = v128.and(v128.load(line, 16), mask);
        s04 = madd(e0, v, s04);
        s14 = madd(e1, v, s14);
        d0 += skip;
        d1 += skip;
      }
      top += xRow;
    }
  }
  addTo(out + 0, s00, s01, s02, s03);
  store<f32>(out, load<f32>(out, 16) + sumOf(s04), 16);
  addTo(out + 32, s10, s11, s12, s13);
  store<f32>(out, load<f32>(out, 48) + sumOf(s14), 48);
}

/** out [4,3] (rows of 8 numbers) += dy of 4 filters times one row of input pixels under each of 3 neighbouring taps, over the rows of some images. */
function direct4x3(dy: usize, dyPlane: usize, dyImage: usize, x: usize, xRow: usize, xImage: usize, images: i32, rows: i32, q: i32, out: usize): void {
  let s00 = f32x4.splat(0), s01 = f32x4.splat(0), s02 = f32x4.splat(0);
  let s10 = f32x4.splat(0), s11 = f32x4.splat(0), s12 = f32x4.splat(0);
  let s20 = f32x4.splat(0), s21 = f32x4.splat(0), s22 = f32x4.splat(0);
  let s30 = f32x4.splat(0), s31 = f32x4.splat(0), s32 = f32x4.splat(0);
  const whole = q >> 2;
  const rest = q & 3;
  // Behind a row's end lies anything, NaN included.
  const mask = i32x4.gt_s(i32x4.splat(rest), i32x4(0, 1, 2, 3));
  const skip = <usize>rest << 2;
  for (; images > 0; images--, dy += dyImage, x += xImage) {
    let d0 = dy;
    let d1 = d0 + dyPlane;
    let d2 = d1 + dyPlane;
    let d3 = d2 + dyPlane;
    let top = x;
    for (let row = rows; row > 0; row--) {
      let line = top;
      for (let i = whole; i > 0; i--) {
        const e0 = v128.load(d0);
        const e1 = v128.load(d1);
        const e2 = v128.load(d2);
        const e3 = v128.load(d3);
        let v: v128;
        v = v128.load(line, 0);
        s00 = madd(e0, v, s00);
        s10 = madd(e1, v, s10);
        s20 = madd(e2, v, s20);
        s30 = madd(e3, v, s30);
        v = v128.load(line, 4);
        s01 = madd(e0, v, s01);
        s11 = madd(e1, v, s11);
        s21 = madd(e2, v, s21);
        s31 = madd(e3, v, s31);
        v = v128.load(line, 8);
        s02 = madd(e0, v, s02);
        s12 = madd(e1, v, s12);
        s22 = madd(e2, v, s22);
        s32 = madd(e3, v, s32);
        d0 += 16;
        d1 += 16;
        d2 += 16;
        d3 += 16;
        line += 16;
      }
      if (rest) {
        const e0 = v128.and(v128.load(d0), mask);
        const e1 = v128.and(v128.load(d1), mask);
        const e2 = v128.and(v128.load(d2), mask);
        const e3 = v128.and(v128.load(d3), mask);
        let v: v128;
        v = v128.and(v128.load(line, 0), mask);
        s00 = madd(e0, v, s00);
        s10 = madd(e1, v, s10);
        s20 = madd(e2, v, s20);
        s30 = madd(e3, v, s30);
        v = v128.and(v128.load(line, 4), mask);
        s01 = madd(e0, v, s01);
        s11 = madd(e1, v, s11);
        s21 = madd(e2, v, s21);
        s31 = madd(e3, v, s31);
        v = v128.and(v128.load(line, 8), mask);
        s02 = madd(e0, v, s02);
        s12 = madd(e1, v, s12);
        s22 = madd(e2, v, s22);
        s32 = madd(e3, v, s32);
        d0 += skip;
        d1 += skip;
        d2 += skip;
        d3 += skip;
      }
      top += xRow;
    }
  }
  addTo(out + 0, s00, s01, s02, f32x4.splat(0));
  addTo(out + 32, s10, s11, s12, f32x4.splat(0));
  addTo(out + 64, s20, s21, s22, f32x4.splat(0));
  addTo(out + 96, s30, s31, s32, f32x4.splat(0));
}

/** dw (zeroed before) += the gradient, for stride 1, dilation 1 and S of 3 or 5. Each chunk has its own channels. */
export function conv_f32_backward_weight_direct(dy: usize, x: usize, dw: usize): void {
  const v = conv();
  v.x = x; v.y = dy; v.w = dw;
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
  const PQ = v.P * v.Q;
  const dyPlane = <usize>PQ << 2;
  const held = v.S == 5 ? 2 : 4;
  // Fewer filters than are held together: one at a time, in all places.
  const few = v.K < held;
  const step = few ? 1 : held;
  const rows = max(1, min(v.P, BLOCK_BYTES / 4 / (v.K * v.Q)));
  // Several small images at a time: the sums across registers at the end are then worth less.
  const images = rows < v.P ? 1 : max(1, min(v.N, BLOCK_BYTES / 4 / (v.K * PQ)));
  const padded = v.padH > 0 || v.padW > 0;
  const width = padded ? max(v.W + 2 * v.padW, v.Q + v.S - 1) : v.W;
  const dyImage = <usize>(v.groups * v.K * PQ) << 2;
  const sums = scratch();
  const planes = sums + 256;
  for (let n = 0; n < v.N; n += images)
    for (let p = 0; p < v.P; p += rows) {
      const together = min(images, v.N - n);
      const count = min(rows, v.P - p);
      for (let channel = first; channel < last; channel++) {
        const g = channel / v.C;
        const c = channel - g * v.C;
        const dy = at(v.y, (n * v.groups + g) * v.K * PQ + p * v.Q);
        let from = at(imageOf(v, n, g), (c * v.H + p) * v.W);
        let xImage = <usize>(v.groups * v.C * v.H * v.W) << 2;
        if (padded) {
          const tall = count + v.R - 1;
          for (let i = 0; i < together; i++)
            padRows(v, at(imageOf(v, n + i, g), c * v.H * v.W), p - v.padH, tall, width, at(planes, i * tall * width));
          from = planes;
          xImage = <usize>(tall * width) << 2;
        }
        for (let r = r0; r < r1; r++) {
          const x = at(from, r * width);
          for (let k = 0; k < v.K; k += step) {
            // The last group lies over the one before, so that it is full; its first filters are then left out.
            const k0 = few ? k : min(k, v.K - held);
            for (let i = 0; i < held * 32; i += 16) v128.store(sums + i, f32x4.splat(0));
            const start = dy + <usize>k0 * dyPlane;
            const plane = few ? 0 : dyPlane;
            if (v.S == 5) direct2x5(start, plane, dyImage, x, <usize>width << 2, xImage, together, count, v.Q, sums);
            else direct4x3(start, plane, dyImage, x, <usize>width << 2, xImage, together, count, v.Q, sums);
            for (let i = k - k0; i < step; i++) {
              const to = at(v.w, (((g * v.K + k0 + i) * v.C + c) * v.R + r) * v.S);
              for (let s = 0; s < v.S; s++) store<f32>(at(to, s), load<f32>(at(to, s)) + load<f32>(sums + (i << 5) + (s << 2)));
            }
          }
        }
      }
    }
}

/** `count` rows of one channel from row h on, with the padding around them. */
function padRows(v: Conv, image: usize, h: i32, count: i32, width: i32, out: usize): void {
  for (; count > 0; count--, h++, out = at(out, width)) {
    if (h < 0 || h >= v.H) {
      memory.fill(out, 0, <usize>width << 2);
      continue;
    }
    memory.fill(out, 0, <usize>v.padW << 2);
    memory.copy(at(out, v.padW), at(image, h * v.W), <usize>v.W << 2);
    memory.fill(at(out, v.padW + v.W), 0, <usize>(width - v.padW - v.W) << 2);
  }
}
