// Register tiles like those of `tiles.as.ts`, for a matrix b whose rows lie where a table of offsets says: pixels under a
// filter's taps need not be copied. Exported so that they stay functions of their own: inside other loops V8 runs out of registers.
import { madd } from "./tiles.as";

/** y [6,8] = w [6,l], packed, times the rows of 8 numbers at x + offsets[0..l], plus a bias a row unless it is 0. */
export function offset6x8(w: usize, x: usize, offsets: usize, l: i32, y: usize, planeBytes: usize, bias: usize): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0), c41 = f32x4.splat(0);
  let c50 = f32x4.splat(0), c51 = f32x4.splat(0);
  if (bias) {
    c00 = c01 = v128.load32_splat(bias, 0);
    c10 = c11 = v128.load32_splat(bias, 4);
    c20 = c21 = v128.load32_splat(bias, 8);
    c30 = c31 = v128.load32_splat(bias, 12);
    c40 = c41 = v128.load32_splat(bias, 16);
    c50 = c51 = v128.load32_splat(bias, 20);
  }
  for (; l > 0; l--) {
    const at = x + <usize>load<u32>(offsets);
    const b0 = v128.load(at);
    const b1 = v128.load(at, 16);
    let v = v128.load32_splat(w);
    c00 = madd(v, b0, c00);
    c01 = madd(v, b1, c01);
    v = v128.load32_splat(w, 4);
    c10 = madd(v, b0, c10);
    c11 = madd(v, b1, c11);
    v = v128.load32_splat(w, 8);
    c20 = madd(v, b0, c20);
    c21 = madd(v, b1, c21);
    v = v128.load32_splat(w, 12);
    c30 = madd(v, b0, c30);
    c31 = madd(v, b1, c31);
    v = v128.load32_splat(w, 16);
    c40 = madd(v, b0, c40);
    c41 = madd(v, b1, c41);
    v = v128.load32_splat(w, 20);
    c50 = madd(v, b0, c50);
    c51 = madd(v, b1, c51);
    w += 24;
    offsets += 4;
  }
  v128.store(y, c00);
  v128.store(y, c01, 16);
  y += planeBytes;
  v128.store(y, c10);
  v128.store(y, c11, 16);
  y += planeBytes;
  v128.store(y, c20);
  v128.store(y, c21, 16);
  y += planeBytes;
  v128.store(y, c30);
  v128.store(y, c31, 16);
  y += planeBytes;
  v128.store(y, c40);
  v128.store(y, c41, 16);
  y += planeBytes;
  v128.store(y, c50);
  v128.store(y, c51, 16);
}

/** The same with four rows. */
export function offset4x8(w: usize, x: usize, offsets: usize, l: i32, y: usize, planeBytes: usize, bias: usize): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  if (bias) {
    c00 = c01 = v128.load32_splat(bias, 0);
    c10 = c11 = v128.load32_splat(bias, 4);
    c20 = c21 = v128.load32_splat(bias, 8);
    c30 = c31 = v128.load32_splat(bias, 12);
  }
  for (; l > 0; l--) {
    const at = x + <usize>load<u32>(offsets);
    const b0 = v128.load(at);
    const b1 = v128.load(at, 16);
    let v = v128.load32_splat(w);
    c00 = madd(v, b0, c00);
    c01 = madd(v, b1, c01);
    v = v128.load32_splat(w, 4);
    c10 = madd(v, b0, c10);
    c11 = madd(v, b1, c11);
    v = v128.load32_splat(w, 8);
    c20 = madd(v, b0, c20);
    c21 = madd(v, b1, c21);
    v = v128.load32_splat(w, 12);
    c30 = madd(v, b0, c30);
    c31 = madd(v, b1, c31);
    w += 16;
    offsets += 4;
  }
  v128.store(y, c00);
  v128.store(y, c01, 16);
  y += planeBytes;
  v128.store(y, c10);
  v128.store(y, c11, 16);
  y += planeBytes;
  v128.store(y, c20);
  v128.store(y, c21, 16);
  y += planeBytes;
  v128.store(y, c30);
  v128.store(y, c31, 16);
}
