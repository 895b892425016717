import { wasm } from "../../devices/cpu/wasm";
import type { PreluKernels } from "./kernels";

export const preluCpu: PreluKernels = {
  forward: (x, weight, { N, C, inner }) =>
    wasm((k, s) => {
      const y = s.block(x.length);
      k.prelu_f32(s.put(x), s.put(weight), y, N, C, inner);
      return s.take(y, x.length);
    }),
  backward: (dy, x, weight, { N, C, inner }) =>
    wasm((k, s) => {
      // One sum in double precision for each row of a channel.
      const [dx, dw, sums] = [s.block(x.length), s.block(C), s.block(2 * N * C)];
      k.prelu_f32_backward(s.put(dy), s.put(x), s.put(weight), dx, dw, sums, N, C, inner);
      return { x: s.take(dx, x.length), weight: s.take(dw, C) };
    }),
};
