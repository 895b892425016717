/** Rows picked by number: what gathering, tiling, reflecting and nearest-neighbour resizing have in common. */
import { ShapeError } from "../../errors";
import { resolveDim, showShape, sizeOf } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp } from "../define/defineOp";
import { indexSelectGpu } from "./gpu";
import type { IndexSelectGeometry, IndexSelectKernels } from "./kernels";
import { indexSelectReference } from "./reference";

export interface IndexSelectOptions {
  dim: number;
  indices: readonly number[];
  fill?: number;
}

export const indexSelectOp = defineOp<IndexSelectKernels, IndexSelectOptions, IndexSelectGeometry>({
  name: "indexSelect",
  inputNames: ["input"],
  shape([x], { dim, indices, fill = 0 }) {
    const d = resolveDim("indexSelect", dim, x.shape.length);
    const length = x.shape[d];
    const wrong = indices.find((index) => !Number.isInteger(index) || index < -1 || index >= length);
    if (wrong !== undefined)
      throw new ShapeError(
        `indexSelect: index ${wrong} is outside 0 to ${length - 1} of dimension ${d} (input ${showShape(x.shape)}). ` +
          `Only -1 stands for a row of the fill value.`,
      );
    return {
      outer: sizeOf(x.shape.slice(0, d)),
      length,
      inner: sizeOf(x.shape.slice(d + 1)),
      indices: Int32Array.from(indices),
      fill,
      outShape: x.shape.map((old, i) => (i === d ? indices.length : old)),
    };
  },
  forward: (k, [x], g) => k.forward(x, g),
  backward: (k, dy, { geometry }) => [k.backward(dy, geometry)],
  // Moving numbers is what V8's loops are good at; the reference's serve cpu as well.
  kernels: { reference: indexSelectReference, cpu: indexSelectReference, gpu: indexSelectGpu },
  samples: [
    { inputs: [[5]], options: { dim: 0, indices: [4, 0, 0] } },
    { inputs: [[2, 3, 4]], options: { dim: 1, indices: [2, 1, 0] } },
    { inputs: [[2, 3, 4]], options: { dim: -1, indices: [-1, 0, 3, 3, -1, 1], fill: 0.5 } },
    { inputs: [[3, 2]], options: { dim: 0, indices: [-1, 2, 1, 2] } },
  ],
});

/**
 * The rows `indices` of dimension `dim`, in that order and as often as they are named; -1 is a row of `fill`.
 * Shapes: [..,L,..] -> [..,indices.length,..].
 * @param fill default 0
 * @throws ShapeError if there is no such row
 * @see torch.index_select
 */
export function indexSelect(x: Tensor, dim: number, indices: readonly number[], fill = 0): Tensor {
  return indexSelectOp([x], { dim, indices, fill });
}
