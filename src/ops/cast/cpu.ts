import { plain } from "../../devices/cpu/plain";
import { wasm } from "../../devices/cpu/wasm";
import type { CastKernels } from "./kernels";
import { castReference } from "./reference";

const loops = plain(castReference);

/** The numbers that `kernel.as.ts` has for the pairs. */
const codes: Record<string, number> = { "int32 float32": 0, "bool float32": 1, "float32 bool": 2 };

/** WebAssembly between masks and numbers; what becomes int32 is checked by the reference's loops. */
export const castCpu: CastKernels = {
  cast(x, from, to) {
    const code = codes[`${from} ${to}`];
    if (code === undefined) return loops.cast(x, from, to);
    return wasm((k, s) => {
      const n = x.length;
      // Four bools lie where one other number would.
      const out = s.block(to === "bool" ? Math.ceil(n / 4) : n);
      k.cast_f32(code, s.put(x), out, n);
      return s.take(out, n, to);
    });
  },
};
