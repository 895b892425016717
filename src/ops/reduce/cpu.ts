import { asCpuArray } from "../../devices/cpu/buffer";
import { plain } from "../../devices/cpu/plain";
import { wasm } from "../../devices/cpu/wasm";
import type { ReduceKernels } from "./kernels";
import { reduceReference } from "./reference";

const loops = plain(reduceReference);

/** Sums run in double precision here too; integers have the reference's loops. */
export const reduceCpu: ReduceKernels = {
  sum(x, g) {
    if (asCpuArray(x).dtype !== "float32") return loops.sum(x, g);
    return wasm((k, s) => {
      const { outer, length, inner } = g;
      const out = s.block(outer * inner);
      if (inner === 1) {
        const pieces = k.sum_pieces(length);
        const partials = pieces > 1 ? s.block(2 * outer * pieces) : 0;
        k.sum_f32_each(s.put(x), out, partials, outer, length);
      } else k.sum_f32_columns(s.put(x), out, outer, length, inner);
      return s.take(out, outer * inner);
    });
  },
  sumBackward: (dy, { outer, length, inner }) =>
    wasm((k, s) => {
      const dx = s.block(outer * length * inner);
      k.repeat_f32(s.put(dy), dx, outer, length, inner);
      return s.take(dx, outer * length * inner);
    }),
  extreme(x, g) {
    if (asCpuArray(x).dtype !== "float32") return loops.extreme(x, g);
    return wasm((k, s) => {
      const size = g.outer * g.inner;
      const [values, positions] = [s.block(size), s.block(size)];
      k.extreme_f32(s.put(x), values, positions, g.outer, g.length, g.inner, g.smallest);
      return { values: s.take(values, size), positions: s.take(positions, size, "int32") };
    });
  },
  extremeBackward: (dy, positions, { outer, length, inner }) =>
    wasm((k, s) => {
      const dx = s.block(outer * length * inner);
      k.extreme_f32_backward(s.put(dy), s.put(positions), dx, outer, length, inner);
      return s.take(dx, outer * length * inner);
    }),
  shareBackward: loops.shareBackward,
};
