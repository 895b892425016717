import { DTypeError } from "../../errors";
import { isFloat } from "../../devices/device";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp, type Op, type Sample } from "../defineOp";
import { binaryCpu } from "./cpu";
import { binaryGeometry } from "./geometry";
import { binaryGpu } from "./gpu";
import type { BinaryGeometry, BinaryKernels } from "./kernels";
import { binaryReference } from "./reference";
import { binaryRows, type BinaryName } from "./table";

type NoOptions = Record<string, never>;
const none: NoOptions = {};
const samples: Sample<NoOptions>[] = [
  {
    inputs: [
      [2, 3],
      [2, 3],
    ],
    fill: ["normal", "positive"],
    options: none,
  },
  { inputs: [[4, 5], [5]], fill: ["normal", "positive"], options: none },
  {
    inputs: [
      [2, 3, 4],
      [3, 1],
    ],
    fill: ["normal", "positive"],
    options: none,
  },
  { inputs: [[6], []], fill: ["normal", "positive"], options: none },
  {
    inputs: [
      [2, 3, 1, 5],
      [3, 1, 1],
    ],
    fill: ["normal", "positive"],
    options: none,
  },
  {
    inputs: [
      [1, 4],
      [3, 1],
    ],
    fill: ["normal", "positive"],
    options: none,
  },
];

function define(name: BinaryName): Op<BinaryKernels, NoOptions, BinaryGeometry> {
  const differentiable = binaryRows[name].da !== null;
  return defineOp<BinaryKernels, NoOptions, BinaryGeometry>({
    name,
    inputNames: ["left", "right"],
    shape([a, b]) {
      if (a.dtype !== b.dtype || (differentiable && !isFloat(a.dtype)))
        throw new DTypeError(
          `${name}: takes two tensors of one ${differentiable ? "float " : ""}dtype, got ${a.dtype} and ${b.dtype} ` +
            `(left ${showShape(a.shape)}, right ${showShape(b.shape)}). Create both with the same { dtype }.`,
        );
      return binaryGeometry(binaryRows[name], a.shape, b.shape, a.dtype);
    },
    forward: (k, [a, b], g) => k.forward(a, b, g),
    backward: differentiable
      ? (k, dy, { inputs: [a, b], geometry, need }) => [
          need[0] ? k.backwardA(dy, a, b, geometry) : null,
          need[1] ? k.backwardB(dy, a, b, geometry) : null,
        ]
      : null,
    kernels: { reference: binaryReference, cpu: binaryCpu, gpu: binaryGpu },
    samples,
  });
}

/** One op for each row of the table, by name. */
export const binaryOps = Object.fromEntries(
  (Object.keys(binaryRows) as BinaryName[]).map((name) => [name, define(name)]),
) as Record<BinaryName, ReturnType<typeof define>>;

/** The elementwise function `name` of a and b. Shape: what the two broadcast to. */
export function binary(name: BinaryName, a: Tensor, b: Tensor): Tensor {
  return binaryOps[name]([a, b], none);
}
