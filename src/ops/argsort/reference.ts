import type { TypedArray } from "../../devices/device";
import type { ArgsortGeometry, ArgsortKernels } from "./kernels";

/** Calls `sort` for each row with a way to its numbers, and stores the positions that it returns. */
export function sortRows(g: ArgsortGeometry, sort: (at: (l: number) => number) => ArrayLike<number>): Int32Array {
  const out = new Int32Array(g.outer * g.count * g.inner);
  for (let o = 0; o < g.outer; o++)
    for (let i = 0; i < g.inner; i++) {
      const order = sort((l) => (o * g.length + l) * g.inner + i);
      for (let c = 0; c < g.count; c++) out[(o * g.count + c) * g.inner + i] = order[c];
    }
  return out;
}

/** NaN behind everything, as PyTorch sorts. */
function compare(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  return Number.isNaN(b) ? -1 : a - b || (a > b ? 1 : a < b ? -1 : 0);
}

export const argsortReference: ArgsortKernels = {
  argsort(x: TypedArray, g) {
    const sign = g.descending ? -1 : 1;
    return sortRows(g, (at) =>
      Int32Array.from({ length: g.length }, (_, l) => l).sort((a, b) => sign * compare(x[at(a)], x[at(b)]) || a - b),
    );
  },
};
