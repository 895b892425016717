import { asCpuArray, CpuArray } from "../../devices/cpu/buffer";
import { copyWalk } from "../../devices/cpu/copy";
import { plain } from "../../devices/cpu/plain";
import { wasm } from "../../devices/cpu/wasm";
import { sizeOf, stridesOf } from "../../tensor/shape";
import type { StridedGeometry, StridedKernels } from "./kernels";
import { stridedReference } from "./reference";

const loops = plain(stridedReference);

/** Everything, in the order in which it lies. */
const isWhole = ({ offset, strides, inSize, outShape }: StridedGeometry): boolean =>
  offset === 0 && inSize === sizeOf(outShape) && stridesOf(outShape).every((stride, d) => stride === strides[d]);

/** Runs of numbers are copied at once; bools, which take a byte, by the reference's loops. */
export const stridedCpu: StridedKernels = {
  forward(x, g) {
    const { dtype, outside } = asCpuArray(x);
    // A copy of numbers that no kernel has used yet: nothing writes to those.
    if (outside && isWhole(g)) return CpuArray.of(outside);
    if (dtype === "bool") return loops.forward(x, g);
    const size = sizeOf(g.outShape);
    const copy = wasm((k, s) => {
      const out = s.block(size);
      const from = { at: s.put(x) + 4 * g.offset, strides: g.strides };
      return copyWalk(k, g.outShape, from, { at: out, strides: stridesOf(g.outShape) })
        ? s.take(out, size, dtype)
        : null;
    });
    return copy ?? loops.forward(x, g);
  },
  backward(dy, g) {
    const copy = wasm((k, s) => {
      // Every element of x is read at most once, so if as many are read as there are, none stays zero.
      const dx = dy.length === g.inSize ? s.block(g.inSize) : s.zeros(g.inSize);
      const from = { at: s.put(dy), strides: stridesOf(g.outShape) };
      return copyWalk(k, g.outShape, from, { at: dx + 4 * g.offset, strides: g.strides }) ? s.take(dx, g.inSize) : null;
    });
    return copy ?? loops.backward(dy, g);
  },
};
