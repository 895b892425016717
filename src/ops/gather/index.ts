/** Numbers and rows that another tensor names. */
import { checkNumbers, isTensor, show } from "../../arguments";
import { DTypeError, ShapeError } from "../../errors";
import { around, resolveDimOrScalar, sameShape, showShape, type Shape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp } from "../define/defineOp";
import { indexSelect } from "../indexSelect";
import { narrow } from "../narrow";
import { reshape } from "../reshape";
import { gatherGpu } from "./gpu";
import type { GatherGeometry, GatherKernels } from "./kernels";
import { gatherReference } from "./reference";

interface GatherOptions {
  dim: number;
  /** The index is a list of rows, [count], and not one index a number. */
  rows?: boolean;
  caller?: string;
}

export const gatherOp = defineOp<GatherKernels, GatherOptions, GatherGeometry>({
  name: "gather",
  inputNames: ["input", "index"],
  shape([x, index], { dim, rows = false, caller = "gather" }) {
    const sizes = around(x.shape, dim);
    const count = rows ? index.shape[0] : index.shape[dim];
    const [stepOuter, stepCount, stepInner] = rows ? [0, 1, 0] : [count * sizes.inner, sizes.inner, 1];
    const shapes = `input ${showShape(x.shape)}, index ${showShape(index.shape)}`;
    const outShape = x.shape.map((length, d) => (d === dim ? count : length));
    return { ...sizes, count, stepOuter, stepCount, stepInner, caller, shapes, outShape };
  },
  forward: (k, [x, index], g) => k.forward(x, index, g),
  backward: (k, dy, { inputs: [, index], geometry }) => [k.backward(dy, index, geometry), null],
  // Moving numbers is what V8's loops are good at; the reference's serve cpu as well.
  kernels: { reference: gatherReference, cpu: gatherReference, gpu: gatherGpu },
  samples: [
    { inputs: [[5], [7]], fill: ["normal", { classes: 5 }], options: { dim: 0 } },
    {
      inputs: [
        [4, 3],
        [4, 5],
      ],
      fill: ["normal", { classes: 3 }],
      options: { dim: 1 },
    },
    {
      inputs: [
        [2, 3, 4],
        [2, 2, 4],
      ],
      fill: ["normal", { classes: 3 }],
      options: { dim: 1 },
    },
    {
      inputs: [
        [3, 4],
        [6, 4],
      ],
      fill: ["normal", { classes: 3 }],
      options: { dim: 0 },
    },
    { inputs: [[2, 3, 4], [5]], fill: ["normal", { classes: 3 }], options: { dim: 1, rows: true } },
    { inputs: [[4, 3], [6]], fill: ["normal", { classes: 3 }], options: { dim: 1, rows: true } },
    { inputs: [[5, 3], [4]], fill: ["normal", { classes: 5 }], options: { dim: 0, rows: true } },
  ],
});

/** @throws DTypeError unless it is a tensor of int32 */
export function checkIndex(caller: string, index: Tensor): void {
  if (!isTensor(index))
    throw new DTypeError(`${caller}: index is no tensor, got ${show(index)}. Use tensor([...], { dtype: "int32" }).`);
  if (index.dtype !== "int32")
    throw new DTypeError(
      `${caller}: index must be int32, got ${index.dtype} (index ${showShape(index.shape)}). Convert it with .int().`,
    );
}

/**
 * The numbers of x that `index` names along `dim`: for dim 1, out[i][j] = x[i][index[i][j]]. Shape: as index.
 * @param index int32, with as many dimensions as x, and no longer than x but along `dim`
 * @throws ShapeError if an index is none, or the shapes do not fit; DTypeError if the index is not int32
 * @see torch.gather
 * @example
 * const scores = tensor([[1, 2, 3], [4, 5, 6]]);
 * scores.gather(1, tensor([[2], [0]], { dtype: "int32" })); // [[3], [4]]: what each row gives its class
 */
export function gather(x: Tensor, dim: number, index: Tensor): Tensor {
  checkIndex("gather", index);
  const d = resolveDimOrScalar("gather", dim, x.shape.length);
  const source = asRow(x);
  const named = asRow(index);
  const shapes = `input ${showShape(x.shape)}, index ${showShape(index.shape)}`;
  const fits = (length: number, i: number): boolean => i === d || length <= source.shape[i];
  if (source.shape.length !== named.shape.length || !named.shape.every(fits))
    throw new ShapeError(
      `gather: index must have the input's dimensions, and be no longer but along dimension ${d} (${shapes}). ` +
        `Use indexSelect() to pick whole rows.`,
    );
  const reached = named.shape.reduce(
    (part, length, i) => (i === d || length === part.shape[i] ? part : narrow(part, i, 0, length)),
    source,
  );
  return withShape(gatherOp([reached, named], { dim: d }), index.shape, "gather");
}

/** A scalar as a row of one number. */
const asRow = (x: Tensor): Tensor => (x.shape.length === 0 ? reshape(x, [1], "gather") : x);
const withShape = (x: Tensor, shape: Shape, caller: string): Tensor =>
  sameShape(x.shape, shape) ? x : reshape(x, shape, caller);

/**
 * The rows of dimension `dim` that `index` names, in that order and as often as they are named. Shapes:
 * [..,L,..] -> [..,count,..].
 * @param index int32 [count], or plain numbers, from 0 to L-1
 * @throws ShapeError if an index is none; DTypeError if it is not int32
 * @see torch.index_select
 */
export function selectRows(x: Tensor, dim: number, index: Tensor | readonly number[]): Tensor {
  const d = resolveDimOrScalar("indexSelect", dim, x.shape.length);
  const source = asRow(x);
  if (!isTensor(index)) {
    checkNumbers("indexSelect", "index", index, "Give a tensor of int32, or an array of whole numbers.");
    const wrong = index.find((row) => !Number.isInteger(row) || row < 0 || row >= source.shape[d]);
    if (wrong !== undefined)
      throw new ShapeError(
        `indexSelect: index ${show(wrong)} is outside 0 to ${source.shape[d] - 1} of dimension ${d} (input ${showShape(x.shape)}). ` +
          `Count from 0.`,
      );
    return scalarAgain(x, indexSelect(source, d, index));
  }
  checkIndex("indexSelect", index);
  if (index.shape.length > 1)
    throw new ShapeError(
      `indexSelect: index must be a list of rows (input ${showShape(x.shape)}, index ${showShape(index.shape)}). ` +
        `Flatten it, or use gather().`,
    );
  return scalarAgain(x, gatherOp([source, asRow(index)], { dim: d, rows: true, caller: "indexSelect" }));
}

function scalarAgain(x: Tensor, result: Tensor): Tensor {
  if (x.shape.length > 0) return result;
  if (result.numel() !== 1)
    throw new ShapeError(
      `indexSelect: a scalar has one row, got ${result.numel()} indices. Use expand() to repeat it.`,
    );
  return reshape(result, [], "indexSelect");
}
