import { asCpuArray } from "../../devices/cpu/buffer";
import { plain } from "../../devices/cpu/plain";
import { wasm } from "../../devices/cpu/wasm";
import type { WhereKernels } from "./kernels";
import { whereReference } from "./reference";

const loops = plain(whereReference);

/** WebAssembly for numbers of four bytes and a condition for each. */
export const whereCpu: WhereKernels = {
  where(condition, a, b, g) {
    const { size, outDType } = g;
    if (outDType === "bool" || condition.length !== size) return loops.where(condition, a, b, g);
    return wasm((k, s) => {
      const out = s.block(size);
      const zero = a && b ? 0 : s.zeros(1);
      const at = (operand: typeof a): number => (operand ? s.put(operand) : zero);
      const step = (operand: typeof a): number => (operand?.length === size ? 1 : 0);
      k.where_f32(s.put(condition), at(a), at(b), out, size, step(a), step(b));
      return s.take(out, size, outDType);
    });
  },
  total: (dy) =>
    wasm((k, s) => {
      const out = s.block(1);
      const pieces = k.sum_pieces(dy.length);
      k.sum_f32_each(s.put(dy), out, pieces > 1 ? s.block(2 * pieces) : 0, 1, dy.length);
      return s.take(out, 1, asCpuArray(dy).dtype);
    }),
};
