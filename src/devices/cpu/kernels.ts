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
  conv_f32_pack(w: Pointer, out: Pointer): void;
  conv_f32_pack_turned(w: Pointer, out: Pointer): void;
  conv_f32_pack_columns(w: Pointer, out: Pointer): void;
  conv_f32_forward(x: Pointer, packed: Pointer, bias: Pointer, y: Pointer): void;
  conv_f32_direct(x: Pointer, packed: Pointer, bias: Pointer, y: Pointer): void;
  conv_winograd_size(): number;
  conv_f32_winograd(x: Pointer, w: Pointer, bias: Pointer, y: Pointer, tiles: Pointer, turned: boolean): void;
  conv_f32_depthwise(x: Pointer, w: Pointer, bias: Pointer, y: Pointer): void;
  conv_f32_depthwise_turned(dy: Pointer, w: Pointer, dx: Pointer, spread: number): void;
  conv_f32_depthwise_weight(dy: Pointer, x: Pointer, dw: Pointer): void;
  conv_f32_backward_scatter(dy: Pointer, packed: Pointer, dx: Pointer): void;
  conv_f32_backward_weight(dy: Pointer, x: Pointer, dw: Pointer): void;
  conv_wide_size(): number;
  conv_f32_widen(dy: Pointer, out: Pointer): void;
  conv_f32_backward_weight_direct(wideDy: Pointer, x: Pointer, dw: Pointer): void;
  conv_f32_backward_bias(dy: Pointer, db: Pointer): void;

  pool2d_max_f32(x: Pointer, y: Pointer, positions: Pointer, planes: number, h: number, w: number, r: number, s: number, p: number, q: number, strideH: number, strideW: number, padH: number, padW: number, dilationH: number, dilationW: number): void;
  pool2d_max_f32_backward(dy: Pointer, positions: Pointer, dx: Pointer, planes: number, plane: number, outPlane: number): void;

  /** op: 0 add, 1 sub, 2 mul, 3 div. A step of 0 repeats the operand's single number. */
  binary_f32(op: number, a: Pointer, b: Pointer, out: Pointer, n: number, stepA: number, stepB: number): void;
  /** rows x cols plus a row of cols. */
  add_f32_row(a: Pointer, row: Pointer, out: Pointer, rows: number, cols: number): void;
  sum_f32_rows(a: Pointer, out: Pointer, rows: number, cols: number): void;
  relu_f32(x: Pointer, out: Pointer, n: number): void;
  relu_f32_backward(dy: Pointer, x: Pointer, out: Pointer, n: number): void;

  sgd_f32(p: Pointer, g: Pointer, v: Pointer, n: number, lr: number, momentum: number, dampening: number, decay: number, nesterov: boolean, first: boolean): void;
  adam_f32(p: Pointer, g: Pointer, m: Pointer, v: Pointer, largest: Pointer, n: number, rate: number, beta1: number, beta2: number, root: number, eps: number, decay: number, shrink: number, first: boolean): void;
}
