import { checkOperand, isTensor, show } from "../../arguments";
import { DTypeError, ShapeError } from "../../errors";
import { broadcastShapes, sameShape, showShape, sizeOf, type Shape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { cast } from "../cast";
import { defineOp } from "../define/defineOp";
import { expand } from "../expand";
import { constant, dtypeWith, together, type Operand } from "../define/promote";
import { whereCpu } from "./cpu";
import { whereGpu } from "./gpu";
import type { WhereGeometry, WhereKernels } from "./kernels";
import { whereReference } from "./reference";

type NoOptions = Record<string, never>;

/** Operands have one shape, but for those of one number. */
export const whereOp = defineOp<WhereKernels, NoOptions, WhereGeometry>({
  name: "where",
  inputNames: ["condition", "input", "other"],
  shape([condition, a, b]) {
    const outShape = commonShape("where", [condition.shape, a.shape, b.shape]);
    return { size: sizeOf(outShape), outShape, outDType: a.dtype };
  },
  forward: (k, [condition, a, b], g) => k.where(condition, a, b, g),
  backward(k, dy, { inputs: [condition, a, b], need, geometry: g }) {
    const own = (all: typeof dy, length: number) => (length === g.size ? all : k.total(all));
    return [
      null,
      need[1] ? own(k.where(condition, dy, null, g), a.length) : null,
      need[2] ? own(k.where(condition, null, dy, g), b.length) : null,
    ];
  },
  kernels: { reference: whereReference, cpu: whereCpu, gpu: whereGpu },
  samples: [
    {
      inputs: [
        [2, 3],
        [2, 3],
        [2, 3],
      ],
      fill: ["bools", "normal", "normal"],
      options: {},
    },
    { inputs: [[2, 3, 7], [2, 3, 7], []], fill: ["bools", "normal", "normal"], options: {} },
    { inputs: [[11], [], [11]], fill: ["bools", "normal", "normal"], options: {} },
    { inputs: [[5], [1], []], fill: ["bools", "normal", "normal"], options: {} },
    { inputs: [[], [4], [4]], fill: ["bools", "normal", "normal"], options: {} },
    { inputs: [[0, 3], [0, 3], []], fill: ["bools", "normal", "normal"], options: {} },
  ],
});

const commonShape = (caller: string, shapes: readonly Shape[]): Shape =>
  shapes.reduce((a, b) => broadcastShapes(caller, a, b));

/**
 * `input` where the condition is true, `other` elsewhere, element by element. Shape: what the three broadcast to; dtype: what
 * the two meet in. Gradients go to where a number came from.
 * @param condition bools, such as x.gt(0)
 * @throws DTypeError if the condition is not bool; ShapeError if the shapes do not broadcast
 * @see torch.where
 * @example where(tensor([-1, 2]).gt(0), 1, 0.5); // [0.5, 1]
 */
export function where(condition: Tensor, input: Operand, other: Operand): Tensor {
  checkMask("where", "condition", condition);
  return choose("where", condition, ...operands(condition, input, other));
}

function choose(caller: string, condition: Tensor, a: Tensor, b: Tensor): Tensor {
  const shape = commonShape(caller, [condition.shape, a.shape, b.shape]);
  const fitted = (x: Tensor): Tensor => (x.numel() === 1 || sameShape(x.shape, shape) ? x : expand(x, shape));
  return whereOp([fitted(condition), fitted(a), fitted(b)], {});
}

function operands(condition: Tensor, input: Operand, other: Operand): [Tensor, Tensor] {
  checkOperand("where", "input", input);
  checkOperand("where", "other", other);
  if (isTensor(input)) return together("where", input, other);
  if (isTensor(other)) return swap(together("where", other, input));
  const dtype = dtypeWith(typeof input === "boolean" ? "bool" : dtypeWith("int32", input), other);
  return [constant("where", condition, input, dtype), constant("where", condition, other, dtype)];
}

const swap = ([a, b]: [Tensor, Tensor]): [Tensor, Tensor] => [b, a];

/**
 * x with `value`, in x's dtype, where the mask is true. Shape: what x and the mask broadcast to.
 * @param value a number, or a tensor of no dimensions
 * @throws DTypeError if the mask is not bool; ShapeError if the shapes do not broadcast
 * @see torch.Tensor.masked_fill
 */
export function maskedFill(x: Tensor, mask: Tensor, value: Operand): Tensor {
  checkMask("maskedFill", "mask", mask);
  checkOperand("maskedFill", "value", value);
  const filler = isTensor(value) ? cast(value, x.dtype) : constant("maskedFill", x, value, x.dtype);
  if (filler.shape.length > 0)
    throw new ShapeError(
      `maskedFill: value must be one number, got shape ${showShape(filler.shape)}. Use where(mask, value, x).`,
    );
  return choose("maskedFill", mask, filler, x);
}

function checkMask(caller: string, name: string, mask: Tensor): void {
  if (!isTensor(mask))
    throw new DTypeError(`${caller}: ${name} is no tensor, got ${show(mask)}. Give bools, such as x.gt(0).`);
  if (mask.dtype !== "bool")
    throw new DTypeError(
      `${caller}: ${name} must be bool, got ${mask.dtype} (${name} ${showShape(mask.shape)}). ` +
        `Compare, as in x.gt(0), or convert it with .bool().`,
    );
}
