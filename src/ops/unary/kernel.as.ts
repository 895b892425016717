// Elementwise functions of one array of 4-byte floats.

/** out = x < 0 ? 0 : x, which leaves NaN as it is. */
export function relu_f32(x: usize, out: usize, n: i32): void {
  const zero = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const value = v128.load(x + ((<usize>i) << 2));
    v128.store(out + ((<usize>i) << 2), v128.andnot(value, f32x4.lt(value, zero)));
  }
  for (; i < n; i++) {
    const value = load<f32>(x + ((<usize>i) << 2));
    store<f32>(out + ((<usize>i) << 2), value < 0 ? 0 : value);
  }
}

/** out = x > 0 ? dy : 0. */
export function relu_f32_backward(dy: usize, x: usize, out: usize, n: i32): void {
  const zero = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const positive = f32x4.gt(v128.load(x + ((<usize>i) << 2)), zero);
    v128.store(out + ((<usize>i) << 2), v128.and(v128.load(dy + ((<usize>i) << 2)), positive));
  }
  for (; i < n; i++) {
    const positive = load<f32>(x + ((<usize>i) << 2)) > 0;
    store<f32>(out + ((<usize>i) << 2), positive ? load<f32>(dy + ((<usize>i) << 2)) : 0);
  }
}
