// Elementwise arithmetic on two arrays of 4-byte floats.

/** op: 0 add, 1 sub, 2 mul, 3 div. A step of 0 repeats the operand's one number. */
export function binary_f32(op: i32, a: usize, b: usize, out: usize, n: i32, stepA: i32, stepB: i32): void {
  if (op == 0) each(a, b, out, n, stepA, stepB, (x, y) => f32x4.add(x, y));
  else if (op == 1) each(a, b, out, n, stepA, stepB, (x, y) => f32x4.sub(x, y));
  else if (op == 2) each(a, b, out, n, stepA, stepB, (x, y) => f32x4.mul(x, y));
  else each(a, b, out, n, stepA, stepB, (x, y) => f32x4.div(x, y));
}

// @ts-ignore: decorator
@inline
function each(a: usize, b: usize, out: usize, n: i32, stepA: i32, stepB: i32, f: (x: v128, y: v128) => v128): void {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const x = stepA ? v128.load(a + (<usize>i << 2)) : v128.load32_splat(a);
    const y = stepB ? v128.load(b + (<usize>i << 2)) : v128.load32_splat(b);
    v128.store(out + (<usize>i << 2), f(x, y));
  }
  for (; i < n; i++) {
    const x = v128.load32_splat(a + (<usize>(i * stepA) << 2));
    const y = v128.load32_splat(b + (<usize>(i * stepB) << 2));
    store<f32>(out + (<usize>i << 2), f32x4.extract_lane(f(x, y), 0));
  }
}

/** out [rows,cols] = a [rows,cols] + row [cols]. */
export function add_f32_row(a: usize, row: usize, out: usize, rows: i32, cols: i32): void {
  const bytes = <usize>cols << 2;
  for (let i = 0; i < rows; i++, a += bytes, out += bytes) binary_f32(0, a, row, out, cols, 1, 1);
}

/** out [cols] = the sum of the rows of a [rows,cols], in double precision. */
export function sum_f32_rows(a: usize, out: usize, rows: i32, cols: i32): void {
  for (let j = 0; j < cols; j++) {
    let sum: f64 = 0;
    for (let i = 0; i < rows; i++) sum += <f64>load<f32>(a + (<usize>(i * cols + j) << 2));
    store<f32>(out + (<usize>j << 2), <f32>sum);
  }
}
