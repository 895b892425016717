import { plain } from "../../devices/cpu/plain";
import { wasm } from "../../devices/cpu/wasm";
import type { LocalResponseNormKernels } from "./kernels";
import { localResponseNormReference } from "./reference";

const loops = plain(localResponseNormReference);
/** The exponent of all networks that use this; others are powers, which WebAssembly has not. */
const usual = 0.75;

export const localResponseNormCpu: LocalResponseNormKernels = {
  forward(x, g) {
    if (g.beta !== usual) return loops.forward(x, g);
    return wasm((k, s) => {
      const [y, base] = [s.block(x.length), s.block(x.length)];
      k.response_norm_f32(s.put(x), y, base, g.N, g.C, g.inner, g.before, g.after, g.scale, g.k);
      return { output: s.take(y, x.length), base: s.take(base, x.length) };
    });
  },
  backward(dy, x, base, g) {
    if (g.beta !== usual) return loops.backward(dy, x, base, g);
    return wasm((k, s) => {
      const dx = s.block(x.length);
      const [d, at, b] = [s.put(dy), s.put(x), s.put(base)];
      k.response_norm_f32_backward(d, at, b, dx, g.N, g.C, g.inner, g.before, g.after, g.scale);
      return s.take(dx, x.length);
    });
  },
};
