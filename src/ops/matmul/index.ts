import { checkTensor } from "../../arguments";
import { ShapeError } from "../../errors";
import { showShape, sizeOf, type Shape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { checkFloats, defineOp } from "../define/defineOp";
import { batchMatmulOp } from "../batchMatmul";
import { reshape } from "../reshape";
import { matmulCpu } from "./cpu";
import { matmulGpu } from "./gpu";
import type { MatmulGeometry, MatmulKernels } from "./kernels";
import { matmulReference } from "./reference";

export interface MatmulOptions {
  transposeA?: boolean;
  transposeB?: boolean;
}

function matmulGeometry(a: Shape, b: Shape, options: MatmulOptions): MatmulGeometry {
  const { transposeA = false, transposeB = false } = options;
  const shapes = `left ${showShape(a)}, right ${showShape(b)}`;
  if (a.length !== 2 || b.length !== 2)
    throw new ShapeError(`matmul: takes matrices or vectors (${shapes}). Multiply by a number with mul().`);
  const [M, L] = transposeA ? [a[1], a[0]] : a;
  const [rows, N] = transposeB ? [b[1], b[0]] : b;
  if (L !== rows)
    throw new ShapeError(
      `matmul: ${L} columns on the left meet ${rows} rows on the right (${shapes}). Transpose one of them?`,
    );
  return { M, N, L, transposeA, transposeB, outShape: [M, N] };
}

/** The gradient of op(a) op(b): each side is dy times the other, in the order that undoes the transpositions. */
export const matmulOp = defineOp<MatmulKernels, MatmulOptions, MatmulGeometry>({
  name: "matmul",
  inputNames: ["left", "right"],
  shape(inputs, options) {
    checkFloats("matmul", ["left", "right"], inputs);
    return matmulGeometry(inputs[0].shape, inputs[1].shape, options);
  },
  forward: (k, [a, b], g) => k.matmul(a, b, g),
  backward(k, dy, { inputs: [a, b], geometry: g, need }) {
    const { M, N, L, transposeA: ta, transposeB: tb } = g;
    const sizes = (m: number, n: number, l: number, transposeA: boolean, transposeB: boolean): MatmulGeometry => ({
      M: m,
      N: n,
      L: l,
      transposeA,
      transposeB,
      outShape: [m, n],
    });
    return [
      !need[0] ? null : ta ? k.matmul(b, dy, sizes(L, M, N, tb, true)) : k.matmul(dy, b, sizes(M, L, N, false, !tb)),
      !need[1] ? null : tb ? k.matmul(dy, a, sizes(N, L, M, true, ta)) : k.matmul(a, dy, sizes(L, N, M, !ta, false)),
    ];
  },
  kernels: { reference: matmulReference, cpu: matmulCpu, gpu: matmulGpu },
  samples: [
    {
      inputs: [
        [3, 4],
        [4, 5],
      ],
      options: {},
    },
    {
      inputs: [
        [5, 7],
        [3, 7],
      ],
      options: { transposeB: true },
    },
    {
      inputs: [
        [6, 4],
        [6, 9],
      ],
      options: { transposeA: true },
    },
    {
      inputs: [
        [4, 3],
        [5, 4],
      ],
      options: { transposeA: true, transposeB: true },
    },
    {
      inputs: [
        [9, 33],
        [33, 17],
      ],
      options: {},
    },
    {
      inputs: [
        [1, 1],
        [1, 1],
      ],
      options: {},
    },
  ],
});

/**
 * The matrix product of [M,L] and [L,N]: [M,N]. A vector counts as one row on the left and one column on the right,
 * and its dimension is dropped from the result. Dimensions before the last two are a batch of matrices and broadcast:
 * [B,M,L] and [L,N] give [B,M,N].
 * @throws ShapeError if the inner lengths differ, or the batches do not broadcast
 * @see torch.matmul
 */
export function matmul(a: Tensor, b: Tensor): Tensor {
  checkTensor("matmul", "left", a);
  checkTensor("matmul", "right", b);
  const rowLeft = a.shape.length === 1;
  const columnRight = b.shape.length === 1;
  const left = rowLeft ? reshape(a, [1, a.shape[0]], "matmul") : a;
  const right = columnRight ? reshape(b, [b.shape[0], 1], "matmul") : b;
  const product = multiply(left, right);
  if (!rowLeft && !columnRight) return product;
  const [M, N] = product.shape.slice(-2);
  const kept = [...product.shape.slice(0, -2), ...(rowLeft ? [] : [M]), ...(columnRight ? [] : [N])];
  return reshape(product, kept, "matmul");
}

/** Operands of at least two dimensions, unless they are scalars, which the op refuses. */
function multiply(a: Tensor, b: Tensor): Tensor {
  const [rankA, rankB] = [a.shape.length, b.shape.length];
  if (Math.max(rankA, rankB) <= 2 || Math.min(rankA, rankB) < 2) return matmulOp([a, b], {});
  if (rankB > 2 || a.shape[rankA - 1] !== b.shape[0]) return batchMatmulOp([a, b], {});
  // All rows of the batch meet the same matrix: one product.
  const rows = a.shape.slice(0, -1);
  const product = matmulOp([reshape(a, [sizeOf(rows), b.shape[0]], "matmul"), b], {});
  return reshape(product, [...rows, b.shape[1]], "matmul");
}
