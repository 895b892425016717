import { ShapeError } from "../../errors";
import { sameShape, showShape, sizeOf, type Shape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp } from "../define/defineOp";
import type { RavelIndexGeometry, RavelIndexKernels } from "./kernels";

const reference: RavelIndexKernels = {
  ravel({ lengths, size, first, inShape }, ...indices: Int32Array[]) {
    const out = new Int32Array(size);
    indices.forEach((index, d) => {
      const length = lengths[d];
      for (let i = 0; i < size; i++) {
        const at = index[i] < 0 ? index[i] + length : index[i];
        if (at < 0 || at >= length)
          throw new ShapeError(
            `index: ${index[i]} at position ${i} is outside dimension ${first + d}, which has ${length} elements ` +
              `(input ${showShape(inShape)}). Use ${-length} to ${length - 1}.`,
          );
        out[i] = out[i] * length + at;
      }
    });
    return out;
  },
};

interface RavelOptions {
  lengths: readonly number[];
  first?: number;
  inShape?: Shape;
}

/** Positions in the flat dimensions; negative indices count from the end. Only int32 goes in and comes out. */
export const ravelIndexOp = defineOp<RavelIndexKernels, RavelOptions, RavelIndexGeometry>({
  name: "ravelIndex",
  calledAs: "index",
  // Any number of them.
  inputNames: [],
  shape(indices, { lengths, first = 0, inShape = lengths }) {
    const [{ shape }] = indices;
    if (!indices.every((each) => sameShape(each.shape, shape)))
      throw new ShapeError(
        `index: indices have one shape (${indices.map((each) => showShape(each.shape)).join(", ")}). Broadcast them first.`,
      );
    return { lengths, first, inShape, size: sizeOf(shape), outShape: shape };
  },
  forward: (k, indices, g) => k.ravel(g, ...indices),
  backward: null,
  kernels: { reference, cpu: reference, gpu: reference },
  samples: [
    { inputs: [[5]], fill: [{ classes: 4 }], options: { lengths: [4] } },
    {
      inputs: [
        [2, 3],
        [2, 3],
      ],
      fill: [{ classes: 3 }, { classes: 5 }],
      options: { lengths: [3, 5] },
    },
  ],
});

/** The positions that the indices, tensors of one shape, name in dimensions of `lengths` as one. */
export const ravelIndex = (indices: readonly Tensor[], options: RavelOptions): Tensor => ravelIndexOp(indices, options);
