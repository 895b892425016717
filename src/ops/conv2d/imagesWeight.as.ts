// The gradient to the weights of a convolution of small images, eight at a time and one a lane: products of dy with what
// a tap saw are summed in registers over rows and columns, and across the lanes at the end.
import { fork, scratch } from "../../devices/cpu/fork.as";
import { sumOf } from "../../devices/cpu/lanes.as";
import { madd } from "../../devices/cpu/tiles.as";
import { PIXEL, TOGETHER, bringIn } from "./imageLanes.as";
import { cutImages, endRow, firstRow, images } from "./images.as";
import { at } from "./patches.as";

/** How many numbers of memory `conv_f32_images_weight` wants for the sums of its chunks. */
export function conv_images_sums(): i32 {
  const v = images();
  return cutImages(v, v.K) * v.K * v.C * v.R * v.S;
}

/** dw = the gradient, for filters 3 and 5 wide with at least 3 of them. */
export function conv_f32_images_weight(dy: usize, x: usize, dw: usize, sums: usize): void {
  const v = images();
  v.x = x; v.y = dy; v.w = sums;
  const chunks = cutImages(v, v.K);
  fork(weightChunk, chunks);
  const size = v.K * v.C * v.R * v.S;
  for (let i = 0; i < size; i += 4) {
    let sum = v128.load(at(sums, i));
    let from = at(sums, i + size);
    for (let chunk = 1; chunk < chunks; chunk++, from = at(from, size)) sum = f32x4.add(sum, v128.load(from));
    if (i + 4 <= size) v128.store(at(dw, i), sum);
    else for (let t = 0; t < size - i; t++, sum = v128.shuffle<f32>(sum, sum, 1, 2, 3, 0)) store<f32>(at(dw, i + t), f32x4.extract_lane(sum, 0));
  }
}

function weightChunk(chunk: i32): void {
  const v = images();
  const n = (chunk / v.parts) * TOGETHER;
  const real = min(TOGETHER, v.N - n);
  const p0 = (chunk % v.parts) * v.block;
  const p1 = min(v.P, p0 + v.block);
  const h0 = firstRow(v, p0);
  const h1 = endRow(v, p0, p1);
  const width = v.W + 2 * v.padW;
  const x8 = scratch();
  const xPlane = <usize>((h1 - h0) * width) * PIXEL;
  const y8 = x8 + <usize>v.C * xPlane;
  const yPlane = <usize>((p1 - p0) * v.Q) * PIXEL;
  bringIn(at(v.x, (n * v.C * v.H + h0) * v.W), v.C * v.H * v.W, v.C, v.H * v.W, h1 - h0, v.W, v.padW, real, x8);
  bringIn(at(v.y, (n * v.K * v.P + p0) * v.Q), v.K * v.P * v.Q, v.K, v.P * v.Q, p1 - p0, v.Q, 0, real, y8);
  const step = <usize>v.strideW * PIXEL;
  const gap = <usize>(v.strideH * width - v.Q * v.strideW) * PIXEL;
  const filter = <usize>(v.C * v.R * v.S) << 2;
  for (let c = 0; c < v.C; c++)
    for (let r = 0; r < v.R; r++) {
      const out = at(v.w, chunk * v.K * v.C * v.R * v.S + (c * v.R + r) * v.S);
      // Rows of dy whose tap lies in the image.
      const reach = v.padH - r * v.dilationH;
      const first = max(p0, reach > 0 ? (reach + v.strideH - 1) / v.strideH : 0);
      const last = v.H - 1 + reach < 0 ? -1 : min(p1 - 1, (v.H - 1 + reach) / v.strideH);
      const rows = max(0, last - first + 1);
      const from = y8 + <usize>((first - p0) * v.Q) * PIXEL;
      const seen = x8 + <usize>c * xPlane + <usize>((first * v.strideH - reach - h0) * width) * PIXEL;
      // The last group lies over the one before, so that it is full.
      if (v.S == 5)
        for (let k = 0; k < v.K; k += 2) {
          const k0 = min(k, v.K - 2);
          lanes2x5(from + <usize>k0 * yPlane, yPlane, seen, step, gap, v.Q, rows * v.Q, out + <usize>k0 * filter, filter);
        }
      else
        for (let k = 0; k < v.K; k += 3) {
          const k0 = min(k, v.K - 3);
          lanes3x3(from + <usize>k0 * yPlane, yPlane, seen, step, gap, v.Q, rows * v.Q, out + <usize>k0 * filter, filter);
        }
    }
}

// Exported so that they stay functions of their own: inside other loops V8 runs out of registers. One loop over all pixels
// for the same reason.

/** Five neighbouring taps of two filters, summed over `count` pixels in rows of `length`. */
export function lanes2x5(dy: usize, dyPlane: usize, x: usize, step: usize, gap: usize, length: i32, count: i32, out: usize, filter: usize): void {
  let s00 = f32x4.splat(0), s01 = f32x4.splat(0), s02 = f32x4.splat(0), s03 = f32x4.splat(0), s04 = f32x4.splat(0);
  let s10 = f32x4.splat(0), s11 = f32x4.splat(0), s12 = f32x4.splat(0), s13 = f32x4.splat(0), s14 = f32x4.splat(0);
  let left = length;
  for (; count > 0; count--) {
    let e0 = v128.load(dy);
    let e1 = v128.load(dy + dyPlane);
    let v = v128.load(x);
    s00 = madd(e0, v, s00);
    s10 = madd(e1, v, s10);
    v = v128.load(x, 32);
    s01 = madd(e0, v, s01);
    s11 = madd(e1, v, s11);
    v = v128.load(x, 64);
    s02 = madd(e0, v, s02);
    s12 = madd(e1, v, s12);
    v = v128.load(x, 96);
    s03 = madd(e0, v, s03);
    s13 = madd(e1, v, s13);
    v = v128.load(x, 128);
    s04 = madd(e0, v, s04);
    s14 = madd(e1, v, s14);
    e0 = v128.load(dy, 16);
    e1 = v128.load(dy + dyPlane, 16);
    v = v128.load(x, 16);
    s00 = madd(e0, v, s00);
    s10 = madd(e1, v, s10);
    v = v128.load(x, 48);
    s01 = madd(e0, v, s01);
    s11 = madd(e1, v, s11);
    v = v128.load(x, 80);
    s02 = madd(e0, v, s02);
    s12 = madd(e1, v, s12);
    v = v128.load(x, 112);
    s03 = madd(e0, v, s03);
    s13 = madd(e1, v, s13);
    v = v128.load(x, 144);
    s04 = madd(e0, v, s04);
    s14 = madd(e1, v, s14);
    dy += PIXEL;
    x += step;
    if (--left == 0) {
      left = length;
      x += gap;
    }
  }
  store<f32>(out, sumOf(s00));
  store<f32>(out, sumOf(s01), 4);
  store<f32>(out, sumOf(s02), 8);
  store<f32>(out, sumOf(s03), 12);
  store<f32>(out, sumOf(s04), 16);
  out += filter;
  store<f32>(out, sumOf(s10));
  store<f32>(out, sumOf(s11), 4);
  store<f32>(out, sumOf(s12), 8);
  store<f32>(out, sumOf(s13), 12);
  store<f32>(out, sumOf(s14), 16);
}

/** Three neighbouring taps of three filters. */
export function lanes3x3(dy: usize, dyPlane: usize, x: usize, step: usize, gap: usize, length: i32, count: i32, out: usize, filter: usize): void {
  let s00 = f32x4.splat(0), s01 = f32x4.splat(0), s02 = f32x4.splat(0);
  let s10 = f32x4.splat(0), s11 = f32x4.splat(0), s12 = f32x4.splat(0);
  let s20 = f32x4.splat(0), s21 = f32x4.splat(0), s22 = f32x4.splat(0);
  let d1 = dy + dyPlane;
  let d2 = d1 + dyPlane;
  let left = length;
  for (; count > 0; count--) {
    let e0 = v128.load(dy);
    let e1 = v128.load(d1);
    let e2 = v128.load(d2);
    let v = v128.load(x);
    s00 = madd(e0, v, s00);
    s10 = madd(e1, v, s10);
    s20 = madd(e2, v, s20);
    v = v128.load(x, 32);
    s01 = madd(e0, v, s01);
    s11 = madd(e1, v, s11);
    s21 = madd(e2, v, s21);
    v = v128.load(x, 64);
    s02 = madd(e0, v, s02);
    s12 = madd(e1, v, s12);
    s22 = madd(e2, v, s22);
    e0 = v128.load(dy, 16);
    e1 = v128.load(d1, 16);
    e2 = v128.load(d2, 16);
    v = v128.load(x, 16);
    s00 = madd(e0, v, s00);
    s10 = madd(e1, v, s10);
    s20 = madd(e2, v, s20);
    v = v128.load(x, 48);
    s01 = madd(e0, v, s01);
    s11 = madd(e1, v, s11);
    s21 = madd(e2, v, s21);
    v = v128.load(x, 80);
    s02 = madd(e0, v, s02);
    s12 = madd(e1, v, s12);
    s22 = madd(e2, v, s22);
    dy += PIXEL;
    d1 += PIXEL;
    d2 += PIXEL;
    x += step;
    if (--left == 0) {
      left = length;
      x += gap;
    }
  }
  store<f32>(out, sumOf(s00));
  store<f32>(out, sumOf(s01), 4);
  store<f32>(out, sumOf(s02), 8);
  out += filter;
  store<f32>(out, sumOf(s10));
  store<f32>(out, sumOf(s11), 4);
  store<f32>(out, sumOf(s12), 8);
  out += filter;
  store<f32>(out, sumOf(s20));
  store<f32>(out, sumOf(s21), 4);
  store<f32>(out, sumOf(s22), 8);
}
