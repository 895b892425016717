import { allocate, dtypeOf, type TypedArray } from "../../devices/device";
import { sizeOf } from "../../tensor/shape";
import type { StridedGeometry, StridedKernels } from "./kernels";

/** Calls `body` for every output position with its input position. */
function eachElement(g: StridedGeometry, body: (out: number, input: number) => void): void {
  const size = sizeOf(g.outShape);
  const index = new Array<number>(g.outShape.length).fill(0);
  let input = g.offset;
  for (let i = 0; i < size; i++) {
    body(i, input);
    for (let d = index.length - 1; d >= 0; d--) {
      input += g.strides[d];
      if (++index[d] < g.outShape[d]) break;
      input -= index[d] * g.strides[d];
      index[d] = 0;
    }
  }
}

export const stridedReference: StridedKernels = {
  forward(x: TypedArray, g) {
    const out = allocate(dtypeOf(x), sizeOf(g.outShape));
    eachElement(g, (o, i) => {
      out[o] = x[i];
    });
    return out;
  },
  backward(dy: TypedArray, g) {
    const dx = allocate(dtypeOf(dy), g.inSize);
    eachElement(g, (o, i) => {
      dx[i] = dy[o];
    });
    return dx;
  },
};
