import { isTensor } from "../../arguments";
import { isInt32 } from "../../devices/convert";
import { isFloat, type DType } from "../../devices/device";
import { DTypeError } from "../../errors";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { cast } from "../cast";
import { defineOp, type Op, type Sample } from "../define/defineOp";
import { constant, together, type Operand } from "../define/promote";
import { binaryCpu } from "./cpu";
import { binaryGeometry } from "./geometry";
import { binaryGpu } from "./gpu";
import type { BinaryGeometry, BinaryKernels, BinaryRow } from "./kernels";
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

/** Whole numbers, of which some are equal and some are 0. */
const questions: Sample<NoOptions>[] = [
  { inputs: [[4, 5], [5]], fill: [{ classes: 3 }, { classes: 3 }], options: none },
  { inputs: [[37], [37]], fill: [{ classes: 3 }, { classes: 3 }], options: none },
];

function define(name: BinaryName): Op<BinaryKernels, NoOptions, BinaryGeometry> {
  const row: BinaryRow = binaryRows[name];
  const differentiable = row.da !== null;
  return defineOp<BinaryKernels, NoOptions, BinaryGeometry>({
    name,
    inputNames: ["left", "right"],
    shape: ([a, b]) => binaryGeometry(row, a.shape, b.shape, a.dtype),
    forward: (k, [a, b], g) => k.forward(a, b, g),
    backward: differentiable
      ? (k, dy, { inputs: [a, b], geometry, need }) => [
          need[0] ? k.backwardA(dy, a, b, geometry) : null,
          need[1] ? k.backwardB(dy, a, b, geometry) : null,
        ]
      : null,
    kernels: { reference: binaryReference, cpu: binaryCpu, gpu: binaryGpu },
    samples: differentiable ? samples : [...samples, ...questions],
  });
}

/** One op for each row of the table, by name. */
export const binaryOps = Object.fromEntries(
  (Object.keys(binaryRows) as BinaryName[]).map((name) => [name, define(name)]),
) as Record<BinaryName, ReturnType<typeof define>>;

/**
 * The elementwise function `name` of a and b, in the dtype that PyTorch promotes the two to. Shape: what they broadcast to.
 * @throws DTypeError for a difference of bools, or a result that int32 does not hold
 */
export function binary(name: BinaryName, a: Tensor, b: Operand): Tensor {
  // Nearly all calls: two tensors of one float dtype.
  if (typeof b === "object" && b !== null && a.dtype === b.dtype && isFloat(a.dtype))
    return binaryOps[name]([a, b], none);
  if (typeof b !== "number" && typeof b !== "boolean" && !isTensor(b)) return binaryOps[name]([a, b], none);
  return promoted(name, a, b);
}

function promoted(name: BinaryName, a: Tensor, b: Operand): Tensor {
  const row: BinaryRow = binaryRows[name];
  if (row.meets === "bool")
    return binaryOps[name]([cast(a, "bool"), isTensor(b) ? cast(b, "bool") : truth(name, a, b)], none);
  const dtypes = [a.dtype, isTensor(b) ? b.dtype : typeof b === "boolean" ? "bool" : a.dtype];
  if (row.ofBools === null && dtypes.includes("bool"))
    throw new DTypeError(
      `${name}: does not take bools, got ${dtypes.join(" and ")} (left ${showShape(a.shape)}). ` +
        `Use x.float() or x.int() first; logicalNot() inverts a mask.`,
    );
  const [left, right] = together(name, a, row.da || typeof b !== "number" ? b : within(a.dtype, b));
  if (row.meets === "float" && !isFloat(left.dtype))
    return binaryOps[name]([cast(left, "float32"), cast(right, "float32")], none);
  if (row.ofBools && left.dtype === "bool") return binaryOps[row.ofBools as BinaryName]([left, right], none);
  return binaryOps[name]([left, right], none);
}

/** No number of int32 reaches a whole number outside int32, nor infinity, which says the same in float32. */
const within = (dtype: DType, value: number): number =>
  isFloat(dtype) || !Number.isInteger(value) || isInt32(value) ? value : value * Infinity;

const truth = (name: string, beside: Tensor, value: number | boolean): Tensor => constant(name, beside, value, "bool");
