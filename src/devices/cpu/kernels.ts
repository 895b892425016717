import type { Pointer } from "./heap";

/** Numbers as WebAssembly has them; a test compares these signatures with those of the compiled kernels. */
export type i32 = number;
export type f32 = number;
export type f64 = number;

/** The exports of `index.as.ts`. A pointer of 0 stands for an array that there is not, such as no bias. */
// prettier-ignore
export interface WasmKernels {
  /** Where the heap begins. */
  heapBase(): Pointer;
  setup(controlAt: Pointer, threadCount: i32, scratch: Pointer): void;
  work(): void;
  stop(): void;
  abandon(): void;

  gemm_f32(a: Pointer, aRow: i32, aCol: i32, b: Pointer, bRow: i32, bCol: i32, c: Pointer, m: i32, n: i32, l: i32): void;
  gemm_f32_dot(a: Pointer, b: Pointer, bias: Pointer, c: Pointer, m: i32, n: i32, l: i32): void;

  conv_sizes(N: i32, C: i32, H: i32, W: i32, K: i32, R: i32, S: i32, P: i32, Q: i32, strideH: i32, strideW: i32, padH: i32, padW: i32, dilationH: i32, dilationW: i32, groups: i32): void;
  conv_packed_rows(K: i32): i32;
  conv_scatter_size(): i32;
  conv_f32_pack(w: Pointer, out: Pointer, byRows: boolean): void;
  conv_f32_pack_transposed(w: Pointer, out: Pointer, byRows: boolean): void;
  conv_f32_pack_scatter(w: Pointer, out: Pointer): void;
  conv_f32_patches(x: Pointer, packed: Pointer, bias: Pointer, y: Pointer): void;
  conv_f32_direct(x: Pointer, packed: Pointer, bias: Pointer, y: Pointer): void;
  conv_f32_pack_batch_lanes(w: Pointer, out: Pointer, transposed: boolean): void;
  conv_f32_batch_lanes(x: Pointer, packed: Pointer, bias: Pointer, y: Pointer): void;
  conv_winograd_workspace(): i32;
  conv_f32_winograd(x: Pointer, w: Pointer, bias: Pointer, y: Pointer, workspace: Pointer, transposed: boolean, kept: Pointer): void;
  conv_winograd_filters_size(): i32;
  conv_f32_winograd_filters(w: Pointer, out: Pointer): void;
  conv_f32_dense(w: Pointer, out: Pointer): void;
  conv_f32_dense_bias(bias: Pointer, out: Pointer): void;
  conv_f32_dense_weight(dense: Pointer, dw: Pointer): void;
  conv_f32_depthwise(x: Pointer, w: Pointer, bias: Pointer, y: Pointer): void;
  conv_f32_depthwise_transposed(dy: Pointer, w: Pointer, dx: Pointer, spread: i32): void;
  conv_f32_depthwise_weight(dy: Pointer, x: Pointer, dw: Pointer): void;
  conv_f32_backward_scatter(dy: Pointer, packed: Pointer, dx: Pointer): void;
  conv_weight_workspace(): i32;
  conv_f32_backward_weight(dy: Pointer, x: Pointer, dw: Pointer, workspace: Pointer): void;
  conv_f32_backward_bias(dy: Pointer, db: Pointer): void;

  depth_f32_unfold(x: Pointer, out: Pointer, n: i32, c: i32, d: i32, t: i32, o: i32, stride: i32, dilation: i32, pad: i32, plane: i32): void;
  depth_f32_fold(x: Pointer, out: Pointer, n: i32, c: i32, d: i32, t: i32, o: i32, stride: i32, dilation: i32, pad: i32, plane: i32): void;

  pool2d_max_f32(x: Pointer, y: Pointer, positions: Pointer, planes: i32, h: i32, w: i32, r: i32, s: i32, p: i32, q: i32, strideH: i32, strideW: i32, padH: i32, padW: i32, dilationH: i32, dilationW: i32, pairs: boolean): void;
  pool2d_max_f32_backward(dy: Pointer, positions: Pointer, dx: Pointer, planes: i32, h: i32, w: i32, p: i32, q: i32, pairs: boolean): void;
  pool2d_avg_f32(x: Pointer, y: Pointer, spans: Pointer, divisors: Pointer, planes: i32, h: i32, w: i32, p: i32, q: i32): void;
  pool2d_avg_f32_backward(dy: Pointer, dx: Pointer, spans: Pointer, divisors: Pointer, planes: i32, h: i32, w: i32, p: i32, q: i32): void;

  batch_norm_f32(x: Pointer, y: Pointer, mean: Pointer, variance: Pointer, weight: Pointer, bias: Pointer, n: i32, c: i32, inner: i32, eps: f64, training: boolean, runningMean: Pointer, runningVariance: Pointer, momentum: f64): void;
  batch_norm_f32_backward(dy: Pointer, x: Pointer, dx: Pointer, mean: Pointer, variance: Pointer, weight: Pointer, dWeight: Pointer, dBias: Pointer, dMean: Pointer, dVariance: Pointer, n: i32, c: i32, inner: i32, eps: f64, training: boolean): void;

  group_norm_f32(x: Pointer, y: Pointer, mean: Pointer, variance: Pointer, weight: Pointer, bias: Pointer, rows: i32, groups: i32, channels: i32, inner: i32, eps: f64): void;
  group_norm_f32_backward(dy: Pointer, x: Pointer, dx: Pointer, mean: Pointer, variance: Pointer, weight: Pointer, dWeight: Pointer, dBias: Pointer, sums: Pointer, rows: i32, groups: i32, channels: i32, inner: i32, eps: f64): void;

  prelu_f32(x: Pointer, weight: Pointer, y: Pointer, n: i32, c: i32, inner: i32): void;
  prelu_f32_backward(dy: Pointer, x: Pointer, weight: Pointer, dx: Pointer, dw: Pointer, sums: Pointer, n: i32, c: i32, inner: i32): void;

  response_norm_f32(x: Pointer, y: Pointer, base: Pointer, n: i32, c: i32, inner: i32, before: i32, after: i32, scale: f32, k: f32): void;
  response_norm_f32_backward(dy: Pointer, x: Pointer, base: Pointer, dx: Pointer, n: i32, c: i32, inner: i32, before: i32, after: i32, scale: f32): void;

  softmax_f32(x: Pointer, y: Pointer, rows: i32, length: i32, log: boolean): void;
  softmax_f32_backward(dy: Pointer, y: Pointer, dx: Pointer, rows: i32, length: i32, log: boolean): void;

  /** op: 0 add, 1 sub, 2 mul, 3 div, 4 maximum, 5 minimum. A step of 0 repeats the operand's single number. */
  binary_f32(op: i32, a: Pointer, b: Pointer, out: Pointer, n: i32, stepA: i32, stepB: i32): void;
  binary_f32_rows(op: i32, a: Pointer, b: Pointer, out: Pointer, cols: i32, stepA: i32, stepB: i32, n0: i32, n1: i32, n2: i32, a0: i32, a1: i32, a2: i32, b0: i32, b1: i32, b2: i32): void;
  /** op: 0 equal, 1 not equal, 2 less, 3 less or equal; out holds bools. */
  compare_f32(op: i32, a: Pointer, b: Pointer, out: Pointer, n: i32, stepA: i32, stepB: i32): void;
  /** op: 0 int32 as float, 1 bool as float, 2 float as bool. */
  cast_f32(op: i32, x: Pointer, out: Pointer, n: i32): void;
  where_f32(condition: Pointer, a: Pointer, b: Pointer, out: Pointer, n: i32, stepA: i32, stepB: i32): void;
  unary_f32(op: i32, x: Pointer, out: Pointer, n: i32, p: f32, q: f32): void;
  unary_f32_backward(op: i32, dy: Pointer, x: Pointer, y: Pointer, out: Pointer, n: i32, p: f32, q: f32): void;

  sum_pieces(length: i32): i32;
  sum_f32_each(x: Pointer, out: Pointer, partials: Pointer, rows: i32, length: i32): void;
  sum_f32_rows(x: Pointer, out: Pointer, rows: i32, cols: i32): void;
  sum_f32_columns(x: Pointer, out: Pointer, outer: i32, length: i32, inner: i32): void;
  sum_f32_channels(x: Pointer, y: Pointer, out: Pointer, n: i32, c: i32, inner: i32): void;
  repeat_f32(y: Pointer, out: Pointer, outer: i32, length: i32, inner: i32): void;
  extreme_f32(x: Pointer, out: Pointer, positions: Pointer, outer: i32, length: i32, inner: i32, smallest: boolean): void;
  extreme_f32_backward(dy: Pointer, positions: Pointer, dx: Pointer, outer: i32, length: i32, inner: i32): void;

  copy_f32(from: Pointer, to: Pointer, n0: i32, n1: i32, n2: i32, n3: i32, n4: i32, s0: i32, s1: i32, s2: i32, s3: i32, s4: i32, t0: i32, t1: i32, t2: i32, t3: i32, t4: i32): void;
  fill_f32(to: Pointer, n: i32, value: f32): void;

  sgd_f32(p: Pointer, g: Pointer, v: Pointer, n: i32, lr: f32, momentum: f32, keep: f32, decay: f32, nesterov: boolean, first: boolean): void;
  adam_f32(p: Pointer, g: Pointer, m: Pointer, v: Pointer, largest: Pointer, n: i32, rate: f32, beta1: f32, rest1: f32, beta2: f32, rest2: f32, correction: f32, eps: f32, decay: f32, shrink: f32, first: boolean): void;
}
