import { checkTensor, show } from "../../arguments";
import { ShapeError } from "../../errors";
import { broadcastStrides, checkShape, sameShape, showShape, sizeOf, type Shape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { binaryCpu } from "../binary/cpu";
import { binaryGeometry } from "../binary/geometry";
import { binaryGpu } from "../binary/gpu";
import type { BinaryKernels } from "../binary/kernels";
import { binaryReference } from "../binary/reference";
import { binaryRows } from "../binary/table";
import { defineOp } from "../define/defineOp";
import { stridedCpu } from "../strided/cpu";
import { stridedGpu } from "../strided/gpu";
import type { StridedKernels } from "../strided/kernels";
import { stridedReference } from "../strided/reference";
import type { ExpandGeometry, ExpandKernels } from "./kernels";

/** A device's strided copy and its sum over repeats. */
const expandBy = (strided: StridedKernels, binary: BinaryKernels): ExpandKernels => ({
  forward: strided.forward,
  backward: (dy, x, g) => binary.backwardA(dy, x, dy, g.sum),
});

export const expandOp = defineOp<ExpandKernels, { shape: Shape }, ExpandGeometry>({
  name: "expand",
  inputNames: ["input"],
  shape: ([x], { shape }) => ({
    strides: broadcastStrides(x.shape, shape),
    offset: 0,
    inSize: sizeOf(x.shape),
    outShape: shape,
    sum: binaryGeometry(binaryRows.add, x.shape, shape, x.dtype),
  }),
  forward: (k, [x], g) => k.forward(x, g),
  backward: (k, dy, { inputs: [x], geometry }) => [k.backward(dy, x, geometry)],
  kernels: {
    reference: expandBy(stridedReference, binaryReference),
    cpu: expandBy(stridedCpu, binaryCpu),
    gpu: expandBy(stridedGpu, binaryGpu),
  },
  samples: [
    { inputs: [[3, 1]], options: { shape: [3, 4] } },
    { inputs: [[3]], options: { shape: [2, 5, 3] } },
    { inputs: [[]], options: { shape: [7] } },
    { inputs: [[2, 1, 4, 1]], options: { shape: [2, 3, 4, 5] } },
    { inputs: [[1, 3]], options: { shape: [0, 3] } },
  ],
});

/**
 * x repeated along its dimensions of length 1, and along new ones in front. A copy. `caller` begins an error's words.
 * @param shape the lengths wanted; -1 keeps a length
 * @throws ShapeError if a length other than 1 would change
 * @see torch.Tensor.expand
 */
export function expand(x: Tensor, shape: Shape, caller = "expand"): Tensor {
  const added = shape.length - x.shape.length;
  const lengths = shape.map((length, d) => (length === -1 && d >= added ? x.shape[d - added] : length));
  const fits = (own: number, d: number): boolean => own === 1 || own === lengths[d + added];
  if (added < 0 || !lengths.every((length) => Number.isInteger(length) && length >= 0) || !x.shape.every(fits))
    throw new ShapeError(
      `${caller}: ${showShape(x.shape)} does not expand to ${show(shape)}. ` +
        `Lengths must be equal or 1, aligned at the right; -1 keeps a length.`,
    );
  checkShape(caller, lengths);
  return sameShape(lengths, x.shape) ? x : expandOp([x], { shape: lengths });
}

/** x repeated to the shape of another tensor. @see torch.Tensor.expand_as */
export function expandAs(x: Tensor, other: Tensor): Tensor {
  checkTensor("expandAs", "other", other);
  return expand(x, other.shape, "expandAs");
}
