import { plain } from "../../devices/cpu/plain";
import { wasm } from "../../devices/cpu/wasm";
import type { UnaryGeometry, UnaryKernels } from "./kernels";
import { unaryReference } from "./reference";

const loops = plain(unaryReference);

/** The numbers that `kernel.as.ts` has for the functions. */
const codes: Record<string, number> = {
  neg: 0,
  exp: 1,
  sqrt: 2,
  abs: 3,
  relu: 4,
  sigmoid: 5,
  tanh: 6,
  clamp: 7,
  leakyRelu: 8,
  elu: 9,
  gelu: 10,
  geluTanh: 11,
  square: 12,
  hardtanh: 13,
  hardsigmoid: 14,
  hardswish: 15,
  silu: 16,
  mish: 17,
  selu: 18,
};
const codeOf = ({ row, p, outDType }: UnaryGeometry): number | undefined =>
  outDType !== "float32" ? undefined : row.name === "pow" && p === 2 ? codes.square : codes[row.name];

/** WebAssembly for the functions of networks; logarithms and powers are plain loops. */
export const unaryCpu: UnaryKernels = {
  forward(x, g) {
    const code = codeOf(g);
    if (code === undefined) return loops.forward(x, g);
    return wasm((k, s) => {
      const out = s.block(x.length);
      k.unary_f32(code, s.put(x), out, x.length, g.p, g.q);
      return s.take(out, x.length);
    });
  },
  backward(dy, x, y, g) {
    const code = codeOf(g);
    if (code === undefined) return loops.backward(dy, x, y, g);
    return wasm((k, s) => {
      const out = s.block(x.length);
      k.unary_f32_backward(code, s.put(dy), s.put(x), s.put(y), out, x.length, g.p, g.q);
      return s.take(out, x.length);
    });
  },
};
