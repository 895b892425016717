import { checkNumber, isTensor } from "../../arguments";
import { DTypeError } from "../../errors";
import { isFloat } from "../../devices/device";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { cast } from "../cast";
import { defineOp, type Op, type OpDefinition, type Sample } from "../define/defineOp";
import { unaryCpu } from "./cpu";
import { unaryGpu } from "./gpu";
import type { UnaryGeometry, UnaryKernels, UnaryRow } from "./kernels";
import { unaryReference } from "./reference";
import { reluBackward } from "./relu";
import { unaryRows, type UnaryName } from "./table";
export type { UnaryName } from "./table";

export interface UnaryOptions {
  p?: number;
  q?: number;
}

const shapes = [[7], [2, 3, 4]];
/** Rows whose domain is not the whole line, or that have parameters; the others take normal numbers. */
const samplesOf: Partial<Record<UnaryName, Sample<UnaryOptions>[]>> = {
  log: shapes.map((shape) => ({ inputs: [shape], fill: ["positive"], options: {} })),
  sqrt: shapes.map((shape) => ({ inputs: [shape], fill: ["positive"], options: {} })),
  pow: [
    { inputs: [[7]], options: { p: 2 } },
    { inputs: [[2, 3]], options: { p: 3 } },
    { inputs: [[5]], fill: ["positive"], options: { p: -0.5 } },
  ],
  clamp: [
    { inputs: [[7]], options: { p: -0.5, q: 0.5 } },
    { inputs: [[2, 3]], options: { p: 0, q: Infinity } },
  ],
  leakyRelu: [0.01, 0.2, 0, 1.5].map((p) => ({ inputs: [[3, 5]], options: { p } })),
  elu: [1, 0.5, 2, 0.1].map((p) => ({ inputs: [[3, 5]], options: { p } })),
  // Enough numbers that each range of the error function has some.
  erf: [[7], [2, 3, 4], [60], [200]].map((shape) => ({ inputs: [shape], options: {} })),
  gelu: [[7], [2, 3, 4], [60], [200]].map((shape) => ({ inputs: [shape], options: {} })),
  geluTanh: [[7], [2, 3, 4], [60], [200]].map((shape) => ({ inputs: [shape], options: {} })),
  softplus: [
    [1, 20],
    [2, 20],
    [0.5, 20],
    [3, 1],
  ].map(([p, q]) => ({ inputs: [[3, 5]], options: { p, q } })),
  rsqrt: shapes.map((shape) => ({ inputs: [shape], fill: ["positive"], options: {} })),
  reciprocal: shapes.map((shape) => ({ inputs: [shape], fill: ["positive"], options: {} })),
  root: [0.5, 1 / 3].map((p) => ({ inputs: [[3, 5]], fill: ["positive"], options: { p } })),
  // Enough numbers that each piece of a function has some, far from its corners.
  hardtanh: [
    [-1, 1],
    [0, 6],
    [-0.25, 0.5],
  ].map(([p, q]) => ({ inputs: [[4, 10]], options: { p, q } })),
  hardsigmoid: [[7], [150]].map((shape) => ({ inputs: [shape], options: {} })),
  hardswish: [[7], [150]].map((shape) => ({ inputs: [shape], options: {} })),
  celu: [1, 0.5, 2].map((p) => ({ inputs: [[3, 5]], options: { p } })),
  huber: [1, 0.3].map((p) => ({ inputs: [[3, 5]], options: { p } })),
  threshold: [
    [0, 0],
    [0.5, -2],
  ].map(([p, q]) => ({ inputs: [[3, 5]], options: { p, q } })),
  spread: shapes.map((shape) => ({ inputs: [shape], fill: ["positive"], options: {} })),
};

const backward: OpDefinition<UnaryKernels, UnaryOptions, UnaryGeometry>["backward"] = (
  k,
  dy,
  { inputs: [x], output, geometry },
) => [k.backward(dy, x, output, geometry)];

function define(name: UnaryName): Op<UnaryKernels, UnaryOptions, UnaryGeometry> {
  const row: UnaryRow = unaryRows[name];
  return defineOp<UnaryKernels, UnaryOptions, UnaryGeometry>({
    name,
    inputNames: ["input"],
    shape: ([x], { p = 0, q = 0 }) => ({
      row,
      p,
      q,
      outShape: x.shape,
      outDType: row.df ? x.dtype : "bool",
    }),
    forward: (k, [x], g) => k.forward(x, g),
    backward: row.df ? (name === "relu" ? reluBackward : backward) : null,
    kernels: { reference: unaryReference, cpu: unaryCpu, gpu: unaryGpu },
    samples: samplesOf[name] ?? shapes.map((shape) => ({ inputs: [shape], options: {} })),
  });
}

/** One op for each row of the table, by name. */
export const unaryOps = Object.fromEntries(
  (Object.keys(unaryRows) as UnaryName[]).map((name) => [name, define(name)]),
) as Record<UnaryName, ReturnType<typeof define>>;

/**
 * The elementwise function `name` of x; p and q are its parameters, if it has any. Shape: as x.
 * @throws DTypeError for integers or bools that PyTorch refuses too
 */
export function unary(name: UnaryName, x: Tensor, p?: number, q?: number): Tensor {
  return unaryOps[name]([isTensor(x) && !isFloat(x.dtype) ? taken(name, x) : x], { p, q });
}

/** Integers or bools as what the row takes. */
function taken(name: UnaryName, x: Tensor): Tensor {
  const { df, takes }: UnaryRow = unaryRows[name];
  if (!df) return x;
  const dtype = takes?.[x.dtype as "int32" | "bool"];
  if (!dtype)
    throw new DTypeError(
      `${name}: takes a float tensor, got ${x.dtype} (input ${showShape(x.shape)}). Convert it with .float().`,
    );
  return cast(x, dtype);
}

/**
 * x to the power `exponent`. Shape: as x; whole numbers to a whole power stay int32.
 * @throws DTypeError for whole numbers to a negative whole power, as PyTorch does
 * @see torch.pow
 */
export function pow(x: Tensor, exponent: number): Tensor {
  checkNumber("pow", "exponent", exponent);
  if (isFloat(x.dtype)) return unary("pow", x, exponent);
  if (!Number.isInteger(exponent)) return unary("pow", cast(x, "float32"), exponent);
  if (exponent < 0)
    throw new DTypeError(
      `pow: whole numbers have no negative powers, got ${exponent} (input ${showShape(x.shape)} ${x.dtype}). ` +
        `Convert it with .float().`,
    );
  return unary("pow", x, exponent);
}

/**
 * x held between `min` and `max`; `max` counts where the two cross. NaN stays. Shape: as x; whole numbers within whole
 * bounds stay int32.
 * @see torch.clamp
 */
export function clamp(x: Tensor, min = -Infinity, max = Infinity): Tensor {
  checkNumber("clamp", "min", min);
  checkNumber("clamp", "max", max);
  const isWhole = (bound: number): boolean => Number.isInteger(bound) || Math.abs(bound) === Infinity;
  return unary("clamp", isFloat(x.dtype) || (isWhole(min) && isWhole(max)) ? x : cast(x, "float32"), min, max);
}
