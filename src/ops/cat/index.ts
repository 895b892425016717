/** Ops that join tensors: cat along a dimension they have, stack along a new one. */
import { isTensor } from "../../arguments";
import { ShapeError } from "../../errors";
import { resolveDim, sameShape, showShape, sizeOf } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { cast } from "../cast";
import { defineOp } from "../define/defineOp";
import { commonDType } from "../define/promote";
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
  backward: (k, dy, { geometry, need }) => need.map((n, which) => (n ? k.backward(geometry, dy, which) : null)),
  kernels: { reference: catReference, cpu: catCpu, gpu: catGpu },
  samples: [
    {
      inputs: [
        [2, 3, 4],
        [5, 3, 4],
      ],
      options: { dim: 0 },
    },
    {
      inputs: [
        [2, 3, 4],
        [2, 1, 4],
        [2, 2, 4],
      ],
      options: { dim: 1 },
    },
    {
      inputs: [
        [2, 3],
        [2, 0],
        [2, 5],
      ],
      options: { dim: -1 },
    },
    { inputs: [[4]], options: { dim: 0 } },
  ],
});

/**
 * The tensors one after another along `dim`. Shapes: all equal outside `dim`, where the lengths add up; a tensor of shape
 * [0] fits all. Dtype: the one that they meet in.
 * @param dim default 0; negative dimensions count from the end
 * @throws ShapeError if there are no tensors, or they differ in another dimension, or are scalars
 * @see torch.cat
 * @example cat([zeros([2, 3]), ones([1, 3])]); // [3,3]
 */
export function cat(tensors: readonly Tensor[], dim = 0): Tensor {
  const all = checkList("cat", tensors);
  const scalar = all.findIndex(({ shape }) => shape.length === 0);
  if (scalar >= 0) throw new ShapeError(`cat: tensor ${scalar} is a scalar, which has no dimensions. Use stack().`);
  // As in PyTorch, what a loop begins with before there is anything to join.
  const joined = all.filter(({ shape }) => shape.length !== 1 || shape[0] > 0);
  return catOp(inOneDType(joined.length ? joined : all.slice(0, 1), all), { dim });
}

/** Plain JavaScript passes `cat(x, y)` for `cat([x, y])`. @throws TypeError, ShapeError */
function checkList(caller: string, tensors: readonly Tensor[]): readonly Tensor[] {
  if (!Array.isArray(tensors) || !tensors.every(isTensor))
    throw new TypeError(`${caller}: takes an array of tensors. Write ${caller}([x, y]).`);
  if (tensors.length === 0) throw new ShapeError(`${caller}: there are no tensors. Give at least one.`);
  return tensors;
}

/** Tensors of one dtype as they are; others as the dtype that all of `beside` meet in. */
function inOneDType(tensors: readonly Tensor[], beside = tensors): readonly Tensor[] {
  const [{ dtype }] = beside;
  if (beside.every((each) => each.dtype === dtype)) return tensors;
  const common = commonDType(beside);
  return tensors.map((each) => cast(each, common));
}

/**
 * The tensors side by side along a new dimension. Shapes: n of [..] -> [n,..] with dim 0.
 * @param dim where the new dimension comes; default 0
 * @throws ShapeError if there are no tensors, or their shapes differ
 * @see torch.stack
 */
export function stack(tensors: readonly Tensor[], dim = 0): Tensor {
  checkList("stack", tensors).forEach(({ shape }, i) => {
    if (!sameShape(shape, tensors[0].shape))
      throw new ShapeError(
        `stack: tensor ${i} has another shape than tensor 0 (tensor 0 ${showShape(tensors[0].shape)}, ` +
          `tensor ${i} ${showShape(shape)}). All shapes must be equal; cat() joins along a dimension they have.`,
      );
  });
  const at = resolveDim("stack", dim, tensors[0].shape.length + 1);
  return catOp(
    inOneDType(tensors).map((each) => unsqueeze(each, at)),
    { dim: at },
  );
}
