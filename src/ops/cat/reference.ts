import { allocate, dtypeOf, type TypedArray } from "../../devices/device";
import type { CatGeometry, CatKernels } from "./kernels";

/** How many numbers of a row of the result lie before input `which`. */
const startOf = (g: CatGeometry, which: number): number =>
  g.lengths.slice(0, which).reduce((sum, length) => sum + length, 0);

export const catReference: CatKernels = {
  forward(g, ...inputs: TypedArray[]) {
    const row = startOf(g, inputs.length);
    const out = allocate(g.dtype, g.outer * row);
    inputs.forEach((x, which) => {
      const length = g.lengths[which];
      const start = startOf(g, which);
      for (let o = 0; o < g.outer; o++) out.set(x.subarray(o * length, (o + 1) * length), o * row + start);
    });
    return out;
  },
  backward(g, dy: TypedArray, which) {
    const row = startOf(g, g.lengths.length);
    const length = g.lengths[which];
    const start = startOf(g, which);
    const dx = allocate(dtypeOf(dy), g.outer * length);
    for (let o = 0; o < g.outer; o++) dx.set(dy.subarray(o * row + start, o * row + start + length), o * length);
    return dx;
  },
};
