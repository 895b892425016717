/** The kernels that `useKernel` can replace, and what it must know about each. */
import type { KernelFunction } from "../devices/gpu/compile";
import { sizeOf, type Shape } from "../tensor/shape";
import { conv2dOp, type Conv2dGeometry } from "../ops/conv2d";
import { conv2dConstants } from "../ops/conv2d/gpu";
import { conv2dBackwardInput, conv2dBackwardWeight, conv2dForward } from "../ops/conv2d/gpu/direct";
import type { AnyOp, Geometry, Sample } from "../ops/define/defineOp";
import { matmulOp } from "../ops/matmul";
import { matmul, matmulConstants } from "../ops/matmul/gpu";
import type { MatmulGeometry } from "../ops/matmul/kernels";

/** The place of one kernel. */
export interface Slot<G extends Geometry = Geometry> {
  kernel: KernelFunction;
  /** What the function takes. */
  inputs: readonly string[];
  /** What errors call the result. */
  result: string;
  shape(g: G): Shape;
  /** The constants by which `when` chooses. */
  sizes(g: G): Record<string, number>;
  /** Arguments of the op's kernel for a race: lengths of memories, and the rest as it is. */
  args(g: G): unknown[];
  /** Multiplications and additions. */
  flop(g: G): number;
}

const imageShape = ({ N, C, H, W }: Conv2dGeometry): Shape => [N, C, H, W];
const weightShape = ({ K, C, R, S, groups }: Conv2dGeometry): Shape => [K, C / groups, R, S];
const sizes = conv2dConstants;
const flop = (g: Conv2dGeometry): number => 2 * sizeOf(g.outShape) * (g.C / g.groups) * g.R * g.S;
const sizesOf = (g: Conv2dGeometry): [x: number, w: number, y: number] => [
  sizeOf(imageShape(g)),
  sizeOf(weightShape(g)),
  sizeOf(g.outShape),
];

const forward: Slot<Conv2dGeometry> = {
  kernel: conv2dForward,
  inputs: ["x", "w", "b"],
  result: "y",
  shape: (g) => g.outShape,
  sizes,
  args: (g) => [...sizesOf(g).slice(0, 2), g.K, g],
  flop,
};
const backwardInput: Slot<Conv2dGeometry> = {
  kernel: conv2dBackwardInput,
  inputs: ["dy", "w"],
  result: "dx",
  shape: imageShape,
  sizes,
  args: (g) => [sizesOf(g)[2], sizesOf(g)[1], g],
  flop,
};
const backwardWeight: Slot<Conv2dGeometry> = {
  kernel: conv2dBackwardWeight,
  inputs: ["dy", "x"],
  result: "dw",
  shape: weightShape,
  sizes,
  args: (g) => [sizesOf(g)[2], sizesOf(g)[0], g],
  flop,
};
const product: Slot<MatmulGeometry> = {
  kernel: matmul,
  inputs: ["a", "b"],
  result: "out",
  shape: (g) => g.outShape,
  sizes: matmulConstants,
  args: (g) => [g.M * g.L, g.L * g.N, g],
  flop: ({ M, N, L }) => 2 * M * N * L,
};

interface Replaceable {
  op: AnyOp;
  slots: Record<string, unknown>;
  race: Sample<unknown>[];
}

export const replaceable = {
  conv2d: {
    op: conv2dOp,
    slots: { forward, backwardInput, backwardWeight },
    race: [
      { inputs: [[4, 3, 32, 32], [6, 3, 5, 5], [6]], options: {} },
      { inputs: [[4, 6, 14, 14], [16, 6, 5, 5], [16]], options: {} },
      { inputs: [[1, 16, 28, 28], [32, 16, 3, 3], [32]], options: { padding: 1 } },
    ],
  },
  matmul: {
    op: matmulOp,
    slots: { matmul: product },
    race: [
      {
        inputs: [
          [64, 400],
          [400, 120],
        ],
        options: {},
      },
    ],
  },
} satisfies Record<string, Replaceable>;

export type ReplaceableOp = keyof typeof replaceable;
