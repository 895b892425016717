// Matrix products in 4-byte floats.
// v1: 4x8 register tile (8 accumulators), b read in place; measured gains are kept here as versions come.

// @ts-ignore: decorator
@inline
function at(base: usize, index: i32): usize {
  return base + (<usize>index << 2);
}

/**
 * c [m,n] = a [m,l] times b [l,n], or += where `accumulate`. b and c are row-major with leading dimensions;
 * a is read with any strides, so a transposed a costs nothing.
 */
export function gemm_f32_4x8(a: usize, aRow: i32, aCol: i32, b: usize, ldb: i32, c: usize, ldc: i32, m: i32, n: i32, l: i32, accumulate: bool): void {
  let i = 0;
  for (; i + 4 <= m; i += 4) {
    const a0 = at(a, i * aRow);
    let j = 0;
    for (; j + 8 <= n; j += 8) tile4x8(a0, aRow, aCol, at(b, j), ldb, at(c, i * ldc + j), ldc, l, accumulate);
    for (; j + 4 <= n; j += 4)
      for (let r = 0; r < 4; r++) tile1x4(at(a0, r * aRow), aCol, at(b, j), ldb, at(c, (i + r) * ldc + j), l, accumulate);
    for (; j < n; j++)
      for (let r = 0; r < 4; r++) tile1x1(at(a0, r * aRow), aCol, at(b, j), ldb, at(c, (i + r) * ldc + j), l, accumulate);
  }
  for (; i < m; i++) {
    const a0 = at(a, i * aRow);
    let j = 0;
    for (; j + 4 <= n; j += 4) tile1x4(a0, aCol, at(b, j), ldb, at(c, i * ldc + j), l, accumulate);
    for (; j < n; j++) tile1x1(a0, aCol, at(b, j), ldb, at(c, i * ldc + j), l, accumulate);
  }
}

function tile4x8(a: usize, aRow: i32, aCol: i32, b: usize, ldb: i32, c: usize, ldc: i32, l: i32, accumulate: bool): void {
  const rowBytes = <usize>aRow << 2;
  const colBytes = <usize>aCol << 2;
  const bBytes = <usize>ldb << 2;
  let a0 = a;
  let a1 = a0 + rowBytes;
  let a2 = a1 + rowBytes;
  let a3 = a2 + rowBytes;
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  for (let p = 0; p < l; p++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let s = v128.load32_splat(a0);
    c00 = f32x4.add(c00, f32x4.mul(s, b0));
    c01 = f32x4.add(c01, f32x4.mul(s, b1));
    s = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(s, b0));
    c11 = f32x4.add(c11, f32x4.mul(s, b1));
    s = v128.load32_splat(a2);
    c20 = f32x4.add(c20, f32x4.mul(s, b0));
    c21 = f32x4.add(c21, f32x4.mul(s, b1));
    s = v128.load32_splat(a3);
    c30 = f32x4.add(c30, f32x4.mul(s, b0));
    c31 = f32x4.add(c31, f32x4.mul(s, b1));
    a0 += colBytes;
    a1 += colBytes;
    a2 += colBytes;
    a3 += colBytes;
    b += bBytes;
  }
  const cBytes = <usize>ldc << 2;
  store8(c, c00, c01, accumulate);
  store8(c + cBytes, c10, c11, accumulate);
  store8(c + 2 * cBytes, c20, c21, accumulate);
  store8(c + 3 * cBytes, c30, c31, accumulate);
}

// @ts-ignore: decorator
@inline
function store8(c: usize, low: v128, high: v128, accumulate: bool): void {
  if (accumulate) {
    low = f32x4.add(low, v128.load(c));
    high = f32x4.add(high, v128.load(c, 16));
  }
  v128.store(c, low);
  v128.store(c, high, 16);
}

function tile1x4(a: usize, aCol: i32, b: usize, ldb: i32, c: usize, l: i32, accumulate: bool): void {
  const colBytes = <usize>aCol << 2;
  const bBytes = <usize>ldb << 2;
  let sum = accumulate ? v128.load(c) : f32x4.splat(0);
  for (let p = 0; p < l; p++) {
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(a), v128.load(b)));
    a += colBytes;
    b += bBytes;
  }
  v128.store(c, sum);
}

function tile1x1(a: usize, aCol: i32, b: usize, ldb: i32, c: usize, l: i32, accumulate: bool): void {
  const colBytes = <usize>aCol << 2;
  const bBytes = <usize>ldb << 2;
  let sum: f32 = accumulate ? load<f32>(c) : 0;
  for (let p = 0; p < l; p++) {
    sum += load<f32>(a) * load<f32>(b);
    a += colBytes;
    b += bBytes;
  }
  store<f32>(c, sum);
}

/** c [m,n] = a [m,l] times the transpose of b [n,l]: both are read along their rows, four columns at a time. */
export function gemm_f32_dot(a: usize, lda: i32, b: usize, ldb: i32, c: usize, ldc: i32, m: i32, n: i32, l: i32): void {
  for (let i = 0; i < m; i++) {
    const row = at(a, i * lda);
    let j = 0;
    for (; j + 4 <= n; j += 4) dot4(row, at(b, j * ldb), <usize>ldb << 2, at(c, i * ldc + j), l);
    for (; j < n; j++) tile1x1(row, 1, at(b, j * ldb), 1, at(c, i * ldc + j), l, false);
  }
}

function dot4(a: usize, b: usize, bBytes: usize, c: usize, l: i32): void {
  let b1 = b + bBytes;
  let b2 = b1 + bBytes;
  let b3 = b2 + bBytes;
  let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
  let p = 0;
  for (; p + 4 <= l; p += 4) {
    const x = v128.load(a);
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(b)));
    s1 = f32x4.add(s1, f32x4.mul(x, v128.load(b1)));
    s2 = f32x4.add(s2, f32x4.mul(x, v128.load(b2)));
    s3 = f32x4.add(s3, f32x4.mul(x, v128.load(b3)));
    a += 16;
    b += 16;
    b1 += 16;
    b2 += 16;
    b3 += 16;
  }
  let r0 = across(s0), r1 = across(s1), r2 = across(s2), r3 = across(s3);
  for (; p < l; p++) {
    const x = load<f32>(a);
    r0 += x * load<f32>(b);
    r1 += x * load<f32>(b1);
    r2 += x * load<f32>(b2);
    r3 += x * load<f32>(b3);
    a += 4;
    b += 4;
    b1 += 4;
    b2 += 4;
    b3 += 4;
  }
  store<f32>(c, r0);
  store<f32>(c, r1, 4);
  store<f32>(c, r2, 8);
  store<f32>(c, r3, 12);
}

// @ts-ignore: decorator
@inline
function across(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}
