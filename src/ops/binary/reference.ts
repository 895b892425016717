import { isInt32, leavesInt32 } from "../../devices/convert";
import { allocate, dtypeOf, type FloatArray, type TypedArray } from "../../devices/device";
import { sizeOf } from "../../tensor/shape";
import type { BinaryGeometry, BinaryKernels } from "./kernels";

/** Calls `body` for every output position with the positions of its two operands. */
function eachPair(g: BinaryGeometry, body: (out: number, a: number, b: number) => void): void {
  const size = sizeOf(g.outShape);
  if (g.aligned) {
    for (let i = 0; i < size; i++) body(i, i, i);
    return;
  }
  const index = new Array<number>(g.outShape.length).fill(0);
  let a = 0;
  let b = 0;
  for (let i = 0; i < size; i++) {
    body(i, a, b);
    // Count up like an odometer, moving both positions along.
    for (let d = index.length - 1; d >= 0; d--) {
      index[d]++;
      a += g.stridesA[d];
      b += g.stridesB[d];
      if (index[d] < g.outShape[d]) break;
      a -= index[d] * g.stridesA[d];
      b -= index[d] * g.stridesB[d];
      index[d] = 0;
    }
  }
}

export const binaryReference: BinaryKernels = {
  forward(a: TypedArray, b: TypedArray, g) {
    const { f, name } = g.row;
    const out = allocate(g.outDType, sizeOf(g.outShape));
    if (g.outDType === "int32")
      eachPair(g, (i, ia, ib) => {
        const value = f(a[ia], b[ib]);
        if (!isInt32(value)) throw leavesInt32(name, value);
        out[i] = value;
      });
    else
      eachPair(g, (i, ia, ib) => {
        out[i] = f(a[ia], b[ib]);
      });
    return out;
  },
  backwardA(dy: FloatArray, a: FloatArray, b: FloatArray, g) {
    const { da } = g.row;
    const sum = new Float64Array(a.length); // a repeated operand sums many numbers
    if (da)
      eachPair(g, (i, ia, ib) => {
        sum[ia] += dy[i] * da(a[ia], b[ib]);
      });
    return dtypeOf(dy) === "float64" ? sum : Float32Array.from(sum);
  },
  backwardB(dy: FloatArray, a: FloatArray, b: FloatArray, g) {
    const { db } = g.row;
    const sum = new Float64Array(b.length);
    if (db)
      eachPair(g, (i, ia, ib) => {
        sum[ib] += dy[i] * db(a[ia], b[ib]);
      });
    return dtypeOf(dy) === "float64" ? sum : Float32Array.from(sum);
  },
};
