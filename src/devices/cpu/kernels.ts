import type { Pointer } from "./heap";

/** The exports of `index.as.ts`. All other numbers are counts; a pointer of 0 stands for what is not there. */
// prettier-ignore
export interface WasmKernels {
  /** Where free memory begins. */
  heapBase(): Pointer;
  setup(control: Pointer, threads: number, scratch: Pointer): void;
  work(): void;
  stop(): void;
  abandon(): void;

  gemm_f32(a: Pointer, aRow: number, aCol: number, b: Pointer, bRow: number, bCol: number, c: Pointer, m: number, n: number, l: number): void;
  gemm_f32_dot(a: Pointer, b: Pointer, bias: Pointer, c: Pointer, m: number, n: number, l: number): void;

  conv_sizes(n: number, c: number, h: number, w: number, k: number, r: number, s: number, p: number, q: number, strideH: number, strideW: number, padH: number, padW: number, dilationH: number, dilationW: number, groups: number): void;
  conv_packed_rows(k: number): number;
  conv_columns_size(): number;
  conv_f32_pack(w: Pointer, out: Pointer, byRows: boolean): void;
  conv_f32_pack_turned(w: Pointer, out: Pointer, byRows: boolean): void;
  conv_f32_pack_columns(w: Pointer, out: Pointer): void;
  conv_f32_forward(x: Pointer, packed: Pointer, bias: Pointer, y: Pointer): void;
  conv_f32_direct(x: Pointer, packed: Pointer, bias: Pointer, y: Pointer): void;
  conv_f32_pack_batch_lanes(w: Pointer, out: Pointer, transposed: boolean): void;
  conv_f32_batch_lanes(x: Pointer, packed: Pointer, bias: Pointer, y: Pointer): void;
  conv_winograd_size(): number;
  conv_f32_winograd(x: Pointer, w: Pointer, bias: Pointer, y: Pointer, tiles: Pointer, transposed: boolean, kept: Pointer): void;
  conv_winograd_filters_size(): number;
  conv_f32_winograd_filters(w: Pointer, out: Pointer): void;
  conv_f32_dense(w: Pointer, out: Pointer): void;
  conv_f32_dense_bias(bias: Pointer, out: Pointer): void;
  conv_f32_dense_weight(dense: Pointer, dw: Pointer): void;
  conv_f32_depthwise(x: Pointer, w: Pointer, bias: Pointer, y: Pointer): void;
  conv_f32_depthwise_transposed(dy: Pointer, w: Pointer, dx: Pointer, spread: number): void;
  conv_f32_depthwise_weight(dy: Pointer, x: Pointer, dw: Pointer): void;
  conv_f32_backward_scatter(dy: Pointer, packed: Pointer, dx: Pointer): void;
  conv_weight_room(): number;
  conv_f32_backward_weight(dy: Pointer, x: Pointer, dw: Pointer, room: Pointer): void;
  conv_f32_backward_bias(dy: Pointer, db: Pointer): void;

  depth_f32_unfold(x: Pointer, out: Pointer, n: number, c: number, d: number, t: number, o: number, stride: number, dilation: number, pad: number, plane: number): void;
  depth_f32_fold(x: Pointer, out: Pointer, n: number, c: number, d: number, t: number, o: number, stride: number, dilation: number, pad: number, plane: number): void;

  pool2d_max_f32(x: Pointer, y: Pointer, positions: Pointer, planes: number, h: number, w: number, r: number, s: number, p: number, q: number, strideH: number, strideW: number, padH: number, padW: number, dilationH: number, dilationW: number, pairs: boolean): void;
  pool2d_max_f32_backward(dy: Pointer, positions: Pointer, dx: Pointer, planes: number, h: number, w: number, p: number, q: number, pairs: boolean): void;
  pool2d_avg_f32(x: Pointer, y: Pointer, spans: Pointer, divisors: Pointer, planes: number, h: number, w: number, p: number, q: number): void;
  pool2d_avg_f32_backward(dy: Pointer, dx: Pointer, spans: Pointer, divisors: Pointer, planes: number, h: number, w: number, p: number, q: number): void;

  batch_norm_f32(x: Pointer, y: Pointer, mean: Pointer, variance: Pointer, weight: Pointer, bias: Pointer, n: number, c: number, inner: number, eps: number, training: boolean, runningMean: Pointer, runningVariance: Pointer, momentum: number): void;
  batch_norm_f32_backward(dy: Pointer, x: Pointer, dx: Pointer, mean: Pointer, variance: Pointer, weight: Pointer, dWeight: Pointer, dBias: Pointer, dMean: Pointer, dVariance: Pointer, n: number, c: number, inner: number, eps: number, training: boolean): void;

  group_norm_f32(x: Pointer, y: Pointer, mean: Pointer, variance: Pointer, weight: Pointer, bias: Pointer, rows: number, groups: number, channels: number, inner: number, eps: number): void;
  group_norm_f32_backward(dy: Pointer, x: Pointer, dx: Pointer, mean: Pointer, variance: Pointer, weight: Pointer, dWeight: Pointer, dBias: Pointer, sums: Pointer, rows: number, groups: number, channels: number, inner: number, eps: number): void;

  prelu_f32(x: Pointer, weight: Pointer, y: Pointer, n: number, c: number, inner: number): void;
  prelu_f32_backward(dy: Pointer, x: Pointer, weight: Pointer, dx: Pointer, dw: Pointer, sums: Pointer, n: number, c: number, inner: number): void;

  response_norm_f32(x: Pointer, y: Pointer, base: Pointer, n: number, c: number, inner: number, before: number, after: number, scale: number, k: number): void;
  response_norm_f32_backward(dy: Pointer, x: Pointer, base: Pointer, dx: Pointer, n: number, c: number, inner: number, before: number, after: number, scale: number): void;

  softmax_f32(x: Pointer, y: Pointer, rows: number, length: number, log: boolean): void;
  softmax_f32_backward(dy: Pointer, y: Pointer, dx: Pointer, rows: number, length: number, log: boolean): void;

  /** op: 0 add, 1 sub, 2 mul, 3 div, 4 maximum, 5 minimum. A step of 0 repeats the operand's single number. */
  binary_f32(op: number, a: Pointer, b: Pointer, out: Pointer, n: number, stepA: number, stepB: number): void;
  binary_f32_rows(op: number, a: Pointer, b: Pointer, out: Pointer, cols: number, stepA: number, stepB: number, n0: number, n1: number, n2: number, a0: number, a1: number, a2: number, b0: number, b1: number, b2: number): void;
  /** op: 0 equal, 1 not equal, 2 less, 3 less or equal; out holds bools. */
  compare_f32(op: number, a: Pointer, b: Pointer, out: Pointer, n: number, stepA: number, stepB: number): void;
  /** op: 0 int32 as float, 1 bool as float, 2 float as bool. */
  cast_f32(op: number, x: Pointer, out: Pointer, n: number): void;
  where_f32(condition: Pointer, a: Pointer, b: Pointer, out: Pointer, n: number, stepA: number, stepB: number): void;
  unary_f32(op: number, x: Pointer, out: Pointer, n: number, p: number, q: number): void;
  unary_f32_backward(op: number, dy: Pointer, x: Pointer, y: Pointer, out: Pointer, n: number, p: number, q: number): void;

  sum_pieces(length: number): number;
  sum_f32_each(x: Pointer, out: Pointer, partials: Pointer, rows: number, length: number): void;
  sum_f32_rows(x: Pointer, out: Pointer, rows: number, cols: number): void;
  sum_f32_columns(x: Pointer, out: Pointer, outer: number, length: number, inner: number): void;
  sum_f32_channels(x: Pointer, y: Pointer, out: Pointer, n: number, c: number, inner: number): void;
  repeat_f32(y: Pointer, out: Pointer, outer: number, length: number, inner: number): void;
  extreme_f32(x: Pointer, out: Pointer, positions: Pointer, outer: number, length: number, inner: number, smallest: boolean): void;
  extreme_f32_backward(dy: Pointer, positions: Pointer, dx: Pointer, outer: number, length: number, inner: number): void;

  copy_f32(from: Pointer, to: Pointer, n0: number, n1: number, n2: number, n3: number, n4: number, s0: number, s1: number, s2: number, s3: number, s4: number, t0: number, t1: number, t2: number, t3: number, t4: number): void;
  fill_f32(to: Pointer, n: number, value: number): void;

  sgd_f32(p: Pointer, g: Pointer, v: Pointer, n: number, lr: number, momentum: number, keep: number, decay: number, nesterov: boolean, first: boolean): void;
  adam_f32(p: Pointer, g: Pointer, m: Pointer, v: Pointer, largest: Pointer, n: number, rate: number, beta1: number, rest1: number, beta2: number, rest2: number, correction: number, eps: number, decay: number, shrink: number, first: boolean): void;
}
