/** Ops that join tensors: cat along a dimension they have, stack along a new one. */
import { DTypeError, ShapeError } from "../../errors";
import { resolveDim, sameShape, showShape, sizeOf } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp } from "../defineOp";
import { unsqueeze } from "../reshape";
import { catCpu } from "./cpu";
import { catGpu } from "./gpu";
import type { CatGeometry, CatKernels } from "./kernels";
import { catReference } from "./reference";

export interface CatOptions {
  dim: number;
}

function catGeometry(inputs: readonly Tensor[], dim: number): CatGeometry {
  const [first] = inputs;
  const d = resolveDim("cat", dim, first.shape.length);
  inputs.forEach((input, i) => {
    const shapes = `tensor 0 ${showShape(first.shape)}, tensor ${i} ${showShape(input.shape)}`;
    if (input.dtype !== first.dtype)
      throw new DTypeError(
        `cat: tensor 0 is ${first.dtype}, tensor ${i} is ${input.dtype} (${shapes}). ` +
          `Create them with the same { dtype }.`,
      );
    const alike = input.shape.map((length, k) => (k === d ? first.shape[d] : length));
    if (!sameShape(alike, first.shape))
      throw new ShapeError(
        `cat: tensor ${i} differs from tensor 0 outside dimension ${d} (${shapes}). ` +
          `All other lengths must be equal.`,
      );
  });
  const total = inputs.reduce((sum, input) => sum + input.shape[d], 0);
  return {
    outer: sizeOf(first.shape.slice(0, d)),
    lengths: inputs.map((input) => sizeOf(input.shape.slice(d))),
    dtype: first.dtype,
    outShape: first.shape.map((length, k) => (k === d ? total : length)),
  };
}

export const catOp = defineOp<CatKernels, CatOptions, CatGeometry>({
  name: "cat",
  // Any number of them: errors say "tensor 3".
  inputNames: [],
  shape: (inputs, { dim }) => catGeometry(inputs, dim),
  forward: (k, inputs, g) => k.forward(g, ...inputs),
  backward: (k, dy, { geometry, need }) =>
    need.map((n, which) => (n ? k.backward(geometry, dy, which) : null)),
  kernels: { reference: catReference, cpu: catCpu, gpu: catGpu },
  samples: [
    { inputs: [[2, 3, 4], [5, 3, 4]], options: { dim: 0 } }, // prettier-ignore
    { inputs: [[2, 3, 4], [2, 1, 4], [2, 2, 4]], options: { dim: 1 } }, // prettier-ignore
    { inputs: [[2, 3], [2, 0], [2, 5]], options: { dim: -1 } }, // prettier-ignore
    { inputs: [[4]], options: { dim: 0 } },
  ],
});

/**
 * The tensors one after another along `dim`. Shapes: all equal outside `dim`, where the lengths add up.
 * @param dim default 0; negative dimensions count from the end
 * @throws ShapeError if there are no tensors, or they differ in another dimension
 * @see torch.cat
 */
export function cat(tensors: readonly Tensor[], dim = 0): Tensor {
  if (tensors.length === 0) throw new ShapeError(`cat: there are no tensors. Give at least one.`);
  return catOp(tensors, { dim });
}

/**
 * The tensors side by side along a new dimension. Shapes: n of [..] -> [n,..] with dim 0.
 * @param dim where the new dimension comes; default 0
 * @throws ShapeError if there are no tensors, or their shapes differ
 * @see torch.stack
 */
export function stack(tensors: readonly Tensor[], dim = 0): Tensor {
  if (tensors.length === 0) throw new ShapeError(`stack: there are no tensors. Give at least one.`);
  tensors.forEach(({ shape }, i) => {
    if (!sameShape(shape, tensors[0].shape))
      throw new ShapeError(
        `stack: tensor ${i} has another shape than tensor 0 (tensor 0 ${showShape(tensors[0].shape)}, ` +
          `tensor ${i} ${showShape(shape)}). All shapes must be equal; cat() joins along a dimension they have.`,
      );
  });
  const at = resolveDim("stack", dim, tensors[0].shape.length + 1);
  return catOp(
    tensors.map((each) => unsqueeze(each, at)),
    { dim: at },
  );
}
