import { allocate, dtypeOf, type TypedArray } from "../../devices/device";
import type { IndexSelectGeometry, IndexSelectKernels } from "./kernels";

/** Calls `body` for every output row with where it begins and where its input row begins, -1 for none. */
function eachRow(g: IndexSelectGeometry, body: (out: number, input: number) => void): void {
  let out = 0;
  for (let o = 0; o < g.outer; o++)
    for (const index of g.indices) {
      body(out, index < 0 ? -1 : (o * g.length + index) * g.inner);
      out += g.inner;
    }
}

export const indexSelectReference: IndexSelectKernels = {
  forward(x: TypedArray, g) {
    const out = allocate(dtypeOf(x), g.outer * g.indices.length * g.inner);
    eachRow(g, (to, from) => {
      if (from < 0) out.fill(g.fill, to, to + g.inner);
      else for (let i = 0; i < g.inner; i++) out[to + i] = x[from + i];
    });
    return out;
  },
  backward(dy: TypedArray, g) {
    const dx = allocate(dtypeOf(dy), g.outer * g.length * g.inner);
    eachRow(g, (to, from) => {
      if (from >= 0) for (let i = 0; i < g.inner; i++) dx[from + i] += dy[to + i];
    });
    return dx;
  },
};
