import { isFloat } from "../../devices/device";
import { DTypeError, ShapeError } from "../../errors";
import { broadcastShapes, broadcastStrides, showShape, sizeOf, type Shape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp } from "../define/defineOp";
import type { MatmulGeometry } from "../matmul/kernels";
import { batchMatmulCpu } from "./cpu";
import { batchMatmulGpu } from "./gpu";
import type { BatchMatmulGeometry, BatchMatmulKernels } from "./kernels";
import { batchMatmulReference } from "./reference";

/** Which matrix of an operand with batch shape `own` each product of the broadcast batch reads. */
function matricesRead(own: Shape, batch: Shape): number[] {
  const strides = broadcastStrides(own, batch);
  return Array.from({ length: sizeOf(batch) }, (_, product) => {
    let [rest, at] = [product, 0];
    for (let d = batch.length - 1; d >= 0; d--) {
      at += (rest % batch[d]) * strides[d];
      rest = Math.floor(rest / batch[d]);
    }
    return at;
  });
}

function batchMatmulGeometry(a: Tensor, b: Tensor): BatchMatmulGeometry {
  const shapes = `left ${showShape(a.shape)}, right ${showShape(b.shape)}`;
  if (!isFloat(a.dtype) || !isFloat(b.dtype))
    throw new DTypeError(`matmul: takes float tensors, got ${a.dtype} and ${b.dtype} (${shapes}).`);
  const [M, L] = a.shape.slice(-2);
  const [rows, N] = b.shape.slice(-2);
  if (L !== rows)
    throw new ShapeError(
      `matmul: ${L} columns on the left meet ${rows} rows on the right (${shapes}). Transpose one of them?`,
    );
  const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const batch = broadcastShapes("matmul", batchA, batchB);
  return {
    M,
    L,
    N,
    left: matricesRead(batchA, batch),
    right: matricesRead(batchB, batch),
    leftCount: sizeOf(batchA),
    rightCount: sizeOf(batchB),
    dtype: a.dtype,
    outShape: [...batch, M, N],
  };
}

const one = (M: number, N: number, L: number, transposeA: boolean, transposeB: boolean): MatmulGeometry => ({
  M,
  N,
  L,
  transposeA,
  transposeB,
  outShape: [M, N],
});

/** Matrix products of two stacks of matrices; matmul() uses it where an operand has more than 2 dimensions. */
export const batchMatmulOp = defineOp<BatchMatmulKernels, Record<string, never>, BatchMatmulGeometry>({
  name: "batchMatmul",
  calledAs: "matmul",
  inputNames: ["left", "right"],
  shape: ([a, b]) => batchMatmulGeometry(a, b),
  forward: (k, [a, b], { M, N, L, left, right, dtype }) =>
    k.products(a, b, {
      each: one(M, N, L, false, false),
      left,
      right,
      out: left.map((_, i) => i),
      results: left.length,
      dtype,
    }),
  // A matrix that several products read gets the sum of their gradients.
  backward(k, dy, { inputs: [a, b], geometry: g, need }) {
    const { M, N, L, left, right, dtype } = g;
    const each = left.map((_, i) => i);
    const toLeft = { each: one(M, L, N, false, true), left: each, right, out: left, results: g.leftCount };
    const toRight = { each: one(L, N, M, true, false), left, right: each, out: right, results: g.rightCount };
    return [
      need[0] ? k.products(dy, b, { ...toLeft, dtype }) : null,
      need[1] ? k.products(a, dy, { ...toRight, dtype }) : null,
    ];
  },
  kernels: { reference: batchMatmulReference, cpu: batchMatmulCpu, gpu: batchMatmulGpu },
  samples: [
    {
      inputs: [
        [3, 2, 4],
        [3, 4, 5],
      ],
      options: {},
    },
    {
      inputs: [
        [2, 1, 2, 4],
        [3, 4, 3],
      ],
      options: {},
    },
    {
      inputs: [
        [2, 3, 4],
        [4, 5],
      ],
      options: {},
    },
    {
      inputs: [
        [3, 4],
        [2, 4, 2],
      ],
      options: {},
    },
    {
      inputs: [
        [2, 3, 9, 7],
        [2, 1, 7, 8],
      ],
      options: {},
    },
  ],
});
