import { wasm } from "../../devices/cpu/wasm";
import type { GroupNormKernels } from "./kernels";

export const groupNormCpu: GroupNormKernels = {
  forward: (x, weight, bias, { rows, groups, channels, inner, eps }) =>
    wasm((k, s) => {
      const [y, mean, variance] = [s.block(x.length), s.block(rows), s.block(rows)];
      const [from, w, b] = [s.put(x), s.put(weight), s.put(bias)];
      k.group_norm_f32(from, y, mean, variance, w, b, rows, groups, channels, inner, eps);
      return { output: s.take(y, x.length), mean: s.take(mean, rows), variance: s.take(variance, rows) };
    }),
  backward: (dy, x, weight, mean, variance, { rows, groups, channels, inner, eps }) =>
    wasm((k, s) => {
      const C = groups * channels;
      const [dx, dw, db] = [s.block(x.length), s.block(C), s.block(C)];
      const [w, m, v] = [s.put(weight), s.put(mean), s.put(variance)];
      // Two sums in double precision for each channel of each row; where channels are single numbers, one number a row.
      const sums = s.block(groups === 1 && inner === 1 ? 2 * rows : 4 * rows * channels);
      k.group_norm_f32_backward(s.put(dy), s.put(x), dx, m, v, w, dw, db, sums, rows, groups, channels, inner, eps);
      return { x: s.take(dx, x.length), weight: s.take(dw, C), bias: s.take(db, C) };
    }),
};
