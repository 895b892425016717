import { allocate, dtypeOf, type TypedArray } from "../../devices/device";
import { ShapeError } from "../../errors";
import type { GatherGeometry, GatherKernels } from "./kernels";

/** @throws ShapeError for the first index that is none */
export function checkIndices(index: Int32Array, { caller, length, shapes }: GatherGeometry): void {
  index.forEach((row, position) => {
    if (row < 0 || row >= length)
      throw new ShapeError(
        `${caller}: index ${row} at position ${position} is outside 0 to ${length - 1} (${shapes}). Count from 0.`,
      );
  });
}

/** Calls `body` for each number of the output with its position and that of the input's number. */
function eachNumber(index: Int32Array, g: GatherGeometry, body: (out: number, input: number) => void): void {
  let out = 0;
  for (let o = 0; o < g.outer; o++)
    for (let c = 0; c < g.count; c++)
      for (let i = 0; i < g.inner; i++) {
        const row = index[o * g.stepOuter + c * g.stepCount + i * g.stepInner];
        body(out++, (o * g.length + row) * g.inner + i);
      }
}

export const gatherReference: GatherKernels = {
  forward(x: TypedArray, index: Int32Array, g) {
    checkIndices(index, g);
    const out = allocate(dtypeOf(x), g.outer * g.count * g.inner);
    eachNumber(index, g, (to, from) => {
      out[to] = x[from];
    });
    return out;
  },
  backward(dy: TypedArray, index: Int32Array, g) {
    const sum = new Float64Array(g.outer * g.length * g.inner);
    eachNumber(index, g, (to, from) => {
      sum[from] += dy[to];
    });
    return dtypeOf(dy) === "float64" ? sum : Float32Array.from(sum);
  },
};
