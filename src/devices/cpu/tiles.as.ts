// The innermost loops of all matrix products and convolutions: a tile of the result is held in registers while the sum
// runs. V8 has 15 vector registers to give: 12 for a 6x8 tile, 2 for a row of b, 1 for a repeated number of a.
// Versions and what each gained (GFLOP/s on one core that reaches 37 in this loop):
// v1: 4x8 tile, multiply and add, operands read in place: 22
// v2: 6x8 tile, fused multiply-add where the engine has relaxed SIMD, a packed: 37

/** x * y + sum, in one rounding where relaxed SIMD is compiled in. */
@inline
export function madd(x: v128, y: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(x, y, sum);
  return f32x4.add(sum, f32x4.mul(x, y));
}

/** c [6,8] = a [6,l] times b [l,8]. `a` is packed: 6 numbers a step. Starts from c itself, from a bias a row, or from 0. */
export function tile6x8(a: usize, b: usize, bBytes: usize, l: i32, c: usize, cBytes: usize, bias: usize, accumulate: bool): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0), c41 = f32x4.splat(0);
  let c50 = f32x4.splat(0), c51 = f32x4.splat(0);
  if (accumulate) {
    let from = c;
    c00 = v128.load(from);
    c01 = v128.load(from, 16);
    from += cBytes;
    c10 = v128.load(from);
    c11 = v128.load(from, 16);
    from += cBytes;
    c20 = v128.load(from);
    c21 = v128.load(from, 16);
    from += cBytes;
    c30 = v128.load(from);
    c31 = v128.load(from, 16);
    from += cBytes;
    c40 = v128.load(from);
    c41 = v128.load(from, 16);
    from += cBytes;
    c50 = v128.load(from);
    c51 = v128.load(from, 16);
  } else if (bias) {
    c00 = c01 = v128.load32_splat(bias, 0);
    c10 = c11 = v128.load32_splat(bias, 4);
    c20 = c21 = v128.load32_splat(bias, 8);
    c30 = c31 = v128.load32_splat(bias, 12);
    c40 = c41 = v128.load32_splat(bias, 16);
    c50 = c51 = v128.load32_splat(bias, 20);
  }
  for (; l > 0; l--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    x = v128.load32_splat(a, 4);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    x = v128.load32_splat(a, 8);
    c20 = madd(x, b0, c20);
    c21 = madd(x, b1, c21);
    x = v128.load32_splat(a, 12);
    c30 = madd(x, b0, c30);
    c31 = madd(x, b1, c31);
    x = v128.load32_splat(a, 16);
    c40 = madd(x, b0, c40);
    c41 = madd(x, b1, c41);
    x = v128.load32_splat(a, 20);
    c50 = madd(x, b0, c50);
    c51 = madd(x, b1, c51);
    a += 24;
    b += bBytes;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += cBytes;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += cBytes;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += cBytes;
  v128.store(c, c30);
  v128.store(c, c31, 16);
  c += cBytes;
  v128.store(c, c40);
  v128.store(c, c41, 16);
  c += cBytes;
  v128.store(c, c50);
  v128.store(c, c51, 16);
}

/** c [4,8] = a [4,l] times b [l,8]. `a` is packed: 4 numbers a step. Starts from c itself, from a bias a row, or from 0. */
export function tile4x8(a: usize, b: usize, bBytes: usize, l: i32, c: usize, cBytes: usize, bias: usize, accumulate: bool): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  if (accumulate) {
    let from = c;
    c00 = v128.load(from);
    c01 = v128.load(from, 16);
    from += cBytes;
    c10 = v128.load(from);
    c11 = v128.load(from, 16);
    from += cBytes;
    c20 = v128.load(from);
    c21 = v128.load(from, 16);
    from += cBytes;
    c30 = v128.load(from);
    c31 = v128.load(from, 16);
  } else if (bias) {
    c00 = c01 = v128.load32_splat(bias, 0);
    c10 = c11 = v128.load32_splat(bias, 4);
    c20 = c21 = v128.load32_splat(bias, 8);
    c30 = c31 = v128.load32_splat(bias, 12);
  }
  for (; l > 0; l--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    x = v128.load32_splat(a, 4);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    x = v128.load32_splat(a, 8);
    c20 = madd(x, b0, c20);
    c21 = madd(x, b1, c21);
    x = v128.load32_splat(a, 12);
    c30 = madd(x, b0, c30);
    c31 = madd(x, b1, c31);
    a += 16;
    b += bBytes;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += cBytes;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += cBytes;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += cBytes;
  v128.store(c, c30);
  v128.store(c, c31, 16);
}

/** The four sums across four vectors, as one vector. */
@inline
export function across(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

@inline
function columns(a: f32, b: f32, c: f32, d: f32): v128 {
  return f32x4.replace_lane(f32x4.replace_lane(f32x4.replace_lane(f32x4.splat(a), 1, b), 2, c), 3, d);
}

/** out [4,3] = a [4,l] times the transpose of b [3,l], both read along their rows; `out` has rows of 4 numbers. */
export function dot4x3(a: usize, aBytes: usize, b: usize, bBytes: usize, l: i32, out: usize): void {
  let a1 = a + aBytes;
  let a2 = a1 + aBytes;
  let a3 = a2 + aBytes;
  let b1 = b + bBytes;
  let b2 = b1 + bBytes;
  const zero = f32x4.splat(0);
  let s00 = f32x4.splat(0), s01 = f32x4.splat(0), s02 = f32x4.splat(0);
  let s10 = f32x4.splat(0), s11 = f32x4.splat(0), s12 = f32x4.splat(0);
  let s20 = f32x4.splat(0), s21 = f32x4.splat(0), s22 = f32x4.splat(0);
  let s30 = f32x4.splat(0), s31 = f32x4.splat(0), s32 = f32x4.splat(0);
  let p = l >> 2;
  for (; p > 0; p--) {
    const y0 = v128.load(b);
    const y1 = v128.load(b1);
    const y2 = v128.load(b2);
    let x: v128;
    x = v128.load(a);
    s00 = madd(x, y0, s00);
    s01 = madd(x, y1, s01);
    s02 = madd(x, y2, s02);
    x = v128.load(a1);
    s10 = madd(x, y0, s10);
    s11 = madd(x, y1, s11);
    s12 = madd(x, y2, s12);
    x = v128.load(a2);
    s20 = madd(x, y0, s20);
    s21 = madd(x, y1, s21);
    s22 = madd(x, y2, s22);
    x = v128.load(a3);
    s30 = madd(x, y0, s30);
    s31 = madd(x, y1, s31);
    s32 = madd(x, y2, s32);
    a += 16;
    a1 += 16;
    a2 += 16;
    a3 += 16;
    b += 16;
    b1 += 16;
    b2 += 16;
  }
  let r0 = across(s00, s01, s02, zero);
  let r1 = across(s10, s11, s12, zero);
  let r2 = across(s20, s21, s22, zero);
  let r3 = across(s30, s31, s32, zero);
  for (l &= 3; l > 0; l--) {
    const y = columns(load<f32>(b), load<f32>(b1), load<f32>(b2), 0);
    r0 = madd(v128.load32_splat(a), y, r0);
    r1 = madd(v128.load32_splat(a1), y, r1);
    r2 = madd(v128.load32_splat(a2), y, r2);
    r3 = madd(v128.load32_splat(a3), y, r3);
    a += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
    b += 4;
    b1 += 4;
    b2 += 4;
  }
  v128.store(out, r0, 0);
  v128.store(out, r1, 16);
  v128.store(out, r2, 32);
  v128.store(out, r3, 48);
}

/** out [3,4] = a [3,l] times the transpose of b [4,l], both read along their rows; `out` has rows of 4 numbers. */
export function dot3x4(a: usize, aBytes: usize, b: usize, bBytes: usize, l: i32, out: usize): void {
  let a1 = a + aBytes;
  let a2 = a1 + aBytes;
  let b1 = b + bBytes;
  let b2 = b1 + bBytes;
  let b3 = b2 + bBytes;
  let s00 = f32x4.splat(0), s01 = f32x4.splat(0), s02 = f32x4.splat(0), s03 = f32x4.splat(0);
  let s10 = f32x4.splat(0), s11 = f32x4.splat(0), s12 = f32x4.splat(0), s13 = f32x4.splat(0);
  let s20 = f32x4.splat(0), s21 = f32x4.splat(0), s22 = f32x4.splat(0), s23 = f32x4.splat(0);
  let p = l >> 2;
  for (; p > 0; p--) {
    const x0 = v128.load(a);
    const x1 = v128.load(a1);
    const x2 = v128.load(a2);
    let y: v128;
    y = v128.load(b);
    s00 = madd(x0, y, s00);
    s10 = madd(x1, y, s10);
    s20 = madd(x2, y, s20);
    y = v128.load(b1);
    s01 = madd(x0, y, s01);
    s11 = madd(x1, y, s11);
    s21 = madd(x2, y, s21);
    y = v128.load(b2);
    s02 = madd(x0, y, s02);
    s12 = madd(x1, y, s12);
    s22 = madd(x2, y, s22);
    y = v128.load(b3);
    s03 = madd(x0, y, s03);
    s13 = madd(x1, y, s13);
    s23 = madd(x2, y, s23);
    a += 16;
    a1 += 16;
    a2 += 16;
    b += 16;
    b1 += 16;
    b2 += 16;
    b3 += 16;
  }
  let r0 = across(s00, s01, s02, s03);
  let r1 = across(s10, s11, s12, s13);
  let r2 = across(s20, s21, s22, s23);
  for (l &= 3; l > 0; l--) {
    const y = columns(load<f32>(b), load<f32>(b1), load<f32>(b2), load<f32>(b3));
    r0 = madd(v128.load32_splat(a), y, r0);
    r1 = madd(v128.load32_splat(a1), y, r1);
    r2 = madd(v128.load32_splat(a2), y, r2);
    a += 4;
    a1 += 4;
    a2 += 4;
    b += 4;
    b1 += 4;
    b2 += 4;
    b3 += 4;
  }
  v128.store(out, r0, 0);
  v128.store(out, r1, 16);
  v128.store(out, r2, 32);
}

/** out [1,4] = a [1,l] times the transpose of b [4,l], both read along their rows; `out` has rows of 4 numbers. */
export function dot1x4(a: usize, aBytes: usize, b: usize, bBytes: usize, l: i32, out: usize): void {
  let b1 = b + bBytes;
  let b2 = b1 + bBytes;
  let b3 = b2 + bBytes;
  let s00 = f32x4.splat(0), s01 = f32x4.splat(0), s02 = f32x4.splat(0), s03 = f32x4.splat(0);
  let p = l >> 2;
  for (; p > 0; p--) {
    const x0 = v128.load(a);
    let y: v128;
    y = v128.load(b);
    s00 = madd(x0, y, s00);
    y = v128.load(b1);
    s01 = madd(x0, y, s01);
    y = v128.load(b2);
    s02 = madd(x0, y, s02);
    y = v128.load(b3);
    s03 = madd(x0, y, s03);
    a += 16;
    b += 16;
    b1 += 16;
    b2 += 16;
    b3 += 16;
  }
  let r0 = across(s00, s01, s02, s03);
  for (l &= 3; l > 0; l--) {
    const y = columns(load<f32>(b), load<f32>(b1), load<f32>(b2), load<f32>(b3));
    r0 = madd(v128.load32_splat(a), y, r0);
    a += 4;
    b += 4;
    b1 += 4;
    b2 += 4;
    b3 += 4;
  }
  v128.store(out, r0, 0);
}

/** Rows of the next panel of a packed matrix of which `left` rows are left: 6, or 4 where that wastes less. */
@inline
export function panelRows(left: i32): i32 {
  return left <= 4 || left == 7 || left == 8 ? 4 : 6;
}

/** Rows of a packed matrix of m rows, those included that fill its last panel. */
export function packedRows(m: i32): i32 {
  let rows = 0;
  for (let left = m; left > 0; left -= panelRows(left)) rows += panelRows(left);
  return rows;
}

/** Packs `rows` rows of a into one panel: for each of l steps one number a row, 0 for the rows that do not exist. */
export function packPanel(a: usize, aRow: i32, aCol: i32, rows: i32, l: i32, out: usize): void {
  const panel = panelRows(rows);
  const rowBytes = <usize>aRow << 2;
  const colBytes = <usize>aCol << 2;
  const step = <usize>panel << 2;
  for (let r = 0; r < panel; r++) {
    let to = out + (<usize>r << 2);
    if (r >= rows) {
      for (let p = 0; p < l; p++, to += step) store<f32>(to, 0);
    } else {
      let from = a + <usize>r * rowBytes;
      for (let p = 0; p < l; p++, from += colBytes, to += step) store<f32>(to, load<f32>(from));
    }
  }
}

/** One tile of 6 or 4 rows. */
@inline
export function tile(rows: i32, a: usize, b: usize, bBytes: usize, l: i32, c: usize, cBytes: usize, bias: usize, accumulate: bool): void {
  if (rows == 6) tile6x8(a, b, bBytes, l, c, cBytes, bias, accumulate);
  else tile4x8(a, b, bBytes, l, c, cBytes, bias, accumulate);
}

/**
 * out [rows,cols] of a tile of dot products, rows of 4 numbers, and which of its rows and columns are new: at the edge
 * the last tile lies over the one before, so that it is full.
 */
export function dotTile(a: usize, aBytes: usize, m: i32, b: usize, bBytes: usize, n: i32, l: i32, out: usize): void {
  if (m == 4 && n == 3) dot4x3(a, aBytes, b, bBytes, l, out);
  else if (m == 3 && n == 4) dot3x4(a, aBytes, b, bBytes, l, out);
  else
    for (let i = 0; i < m; i++) {
      // Fewer rows than a tile: column pointers that do not exist point to the first one.
      dot1x4(a + <usize>i * aBytes, 0, b, n == 4 ? bBytes : 0, l, out + (<usize>i << 4));
      if (n < 4)
        for (let j = 1; j < n; j++) {
          dot1x4(a + <usize>i * aBytes, 0, b + <usize>j * bBytes, 0, l, out + 64);
          store<f32>(out + (<usize>i << 4) + (<usize>j << 2), load<f32>(out + 64));
        }
    }
}
