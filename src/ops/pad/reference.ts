import { allocate, dtypeOf, type TypedArray } from "../../devices/device";
import { sizeOf, stridesOf } from "../../tensor/shape";
import type { PadGeometry, PadKernels } from "./kernels";

/** Calls `body` for every output position with its input position, -1 where the constant stands. */
function eachElement(g: PadGeometry, body: (out: number, input: number) => void): void {
  const [inStrides, outStrides] = [stridesOf(g.inShape), stridesOf(g.outShape)];
  const last = g.sources.length - 1;
  const visit = (dim: number, out: number, input: number): void => {
    const source = g.sources[dim];
    for (let i = 0; i < source.length; i++) {
      const at = input < 0 || source[i] < 0 ? -1 : input + source[i] * inStrides[dim];
      if (dim === last) body(out + i, at);
      else visit(dim + 1, out + i * outStrides[dim], at);
    }
  };
  visit(0, 0, 0);
}

export const padReference: PadKernels = {
  forward(x: TypedArray, g) {
    const y = allocate(dtypeOf(x), sizeOf(g.outShape));
    eachElement(g, (out, input) => (y[out] = input < 0 ? g.value : x[input]));
    return y;
  },
  backward(dy: TypedArray, g) {
    const dx = allocate(dtypeOf(dy), sizeOf(g.inShape));
    eachElement(g, (out, input) => {
      if (input >= 0) dx[input] += dy[out];
    });
    return dx;
  },
};
