import type { Memory } from "../../../devices/device";
import { wasm } from "../../../devices/cpu/wasm";
import type { Conv2dGeometry } from "../geometry";
import { packed } from "./packed";
import { sizes } from "./sizes";
import type { Way } from "./way";

/** Whether a line of taps covers a line of pixels whole from each of its places. */
const seesAll = (pixels: number, taps: number, places: number, stride: number, pad: number): boolean =>
  pad >= (places - 1) * stride && pixels - 1 + pad < taps;

/** Whether the filters are the matrix already: each has as many taps as there are pixels, and one place. */
const isMatrix = (g: Conv2dGeometry): boolean => g.P * g.Q === 1 && g.H === g.R && g.W === g.S;

/** Whether the convolution is a product of matrices with few more numbers than there are taps. */
const isDense = (g: Conv2dGeometry): boolean =>
  g.groups === 1 &&
  g.dilationH === 1 &&
  g.dilationW === 1 &&
  seesAll(g.H, g.R, g.P, g.strideH, g.padH) &&
  seesAll(g.W, g.S, g.Q, g.strideW, g.padW) &&
  g.H * g.W * g.P * g.Q <= 2 * g.R * g.S &&
  (isMatrix(g) || g.N * g.P * g.Q >= 8);

/** The rows of the matrix, filters times places, and its columns, channels times pixels. */
const sidesOf = (g: Conv2dGeometry): [rows: number, columns: number] => [g.K * g.P * g.Q, g.C * g.H * g.W];

export const dense: Way = {
  name: "dense",
  fits: isDense,
  forward(x: Memory, w: Memory, b: Memory | null, g: Conv2dGeometry): Memory {
    return wasm((k, s) => {
      const [rows, columns] = sidesOf(g);
      const y = s.block(g.N * rows);
      let [matrix, bias] = [s.put(w), b ? s.put(b) : 0];
      if (!isMatrix(g)) {
        sizes(k, g);
        const { K, C, H, W, R, S, P, Q, strideH, strideW, padH, padW } = g;
        const way = ["dense", K, C, H, W, R, S, P, Q, strideH, strideW, padH, padW].join();
        matrix = packed(s, w, rows * columns, way, (out) => k.conv_f32_dense(s.put(w), out));
        if (b) k.conv_f32_dense_bias(s.put(b), (bias = s.block(rows)));
      }
      k.gemm_f32_dot(s.put(x), matrix, bias, y, g.N, rows, columns);
      return s.take(y, g.N * rows);
    });
  },
  backwardInput(dy: Memory, w: Memory, g: Conv2dGeometry): Memory {
    return wasm((k, s) => {
      const [rows, columns] = sidesOf(g);
      const dx = s.block(g.N * columns);
      let matrix = s.put(w);
      if (!isMatrix(g)) {
        sizes(k, g);
        matrix = s.block(rows * columns);
        k.conv_f32_dense(s.put(w), matrix);
      }
      k.gemm_f32(s.put(dy), rows, 1, matrix, columns, 1, dx, g.N, columns, rows);
      return s.take(dx, g.N * columns);
    });
  },
  backwardWeight(dy: Memory, x: Memory, g: Conv2dGeometry): Memory {
    return wasm((k, s) => {
      const [rows, columns] = sidesOf(g);
      const size = g.K * g.C * g.R * g.S;
      const dw = s.block(size);
      const matrix = isMatrix(g) ? dw : s.block(rows * columns);
      k.gemm_f32(s.put(dy), 1, rows, s.put(x), columns, 1, matrix, rows, columns, g.N);
      if (matrix !== dw) {
        sizes(k, g);
        k.conv_f32_dense_weight(matrix, dw);
      }
      return s.take(dw, size);
    });
  },
};
