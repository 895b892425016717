import { plain } from "../../devices/cpu/plain";
import { wasm } from "../../devices/cpu/wasm";
import type { UnaryKernels } from "./kernels";
import { unaryReference } from "./reference";

const loops = plain(unaryReference);

/** ReLU is in WebAssembly; the rows that call Math are as fast as plain loops, which V8 compiles. */
export const unaryCpu: UnaryKernels = {
  forward(x, g) {
    if (g.row.name !== "relu") return loops.forward(x, g);
    return wasm((k, s) => {
      const out = s.room(x.length);
      k.relu_f32(s.put(x), out, x.length);
      return s.take(out, x.length);
    });
  },
  backward(dy, x, y, g) {
    if (g.row.name !== "relu") return loops.backward(dy, x, y, g);
    return wasm((k, s) => {
      const out = s.room(x.length);
      k.relu_f32_backward(s.put(dy), s.put(x), out, x.length);
      return s.take(out, x.length);
    });
  },
};
