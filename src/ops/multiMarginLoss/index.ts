import { checkTensor } from "../../arguments";
import { ShapeError } from "../../errors";
import { checkOptions, type OptionNames } from "../../options";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { checkClassShapes, overRows } from "../geometry/classTargets";
import { defineOp, type Fill } from "../define/defineOp";
import { checkReduction, type LossOptions } from "../geometry/reduction";
import { multiMarginLossGpu } from "./gpu";
import type { MultiMarginLossGeometry, MultiMarginLossKernels } from "./kernels";
import { multiMarginLossReference } from "./reference";

export interface MultiMarginLossOptions extends LossOptions {
  /** The exponent, 1 or 2; default 1. */
  p?: number;
  /** By how much the right class should lead; default 1. */
  margin?: number;
  /** How much the targets of each class count, [C]; default: all 1. */
  weight?: Tensor;
}
export const multiMarginLossOptions: OptionNames<MultiMarginLossOptions> = {
  p: true,
  margin: true,
  weight: true,
  reduction: true,
};

type OpOptions = Omit<MultiMarginLossOptions, "weight">;

const fill: Fill[] = ["normal", { classes: 4 }, "constant"];

export const multiMarginLossOp = defineOp<MultiMarginLossKernels, OpOptions, MultiMarginLossGeometry>({
  name: "multiMarginLoss",
  inputNames: ["input", "target", "weight"],
  shape([x], { p = 1, margin = 1, reduction = "mean" }) {
    const [N, classes] = x.shape;
    const outShape = reduction === "none" ? [N] : [];
    return { N, classes, p, margin, reduction, caller: "multiMarginLoss", outShape };
  },
  forward: (k, [x, target, weight], g) => k.forward(x, target, weight ?? null, g),
  backward: (k, dy, { inputs: [x, target, weight], geometry }) => [
    k.backward(dy, x, target, weight ?? null, geometry),
    null,
    null,
  ],
  kernels: {
    reference: multiMarginLossReference,
    cpu: multiMarginLossReference,
    gpu: multiMarginLossGpu,
  },
  samples: [
    { inputs: [[5, 4], [5]], fill, options: {} },
    { inputs: [[5, 4], [5]], fill, options: { p: 2, reduction: "sum" } },
    { inputs: [[5, 4], [5], [4]], fill, options: { margin: 0.5 } },
    { inputs: [[5, 4], [5], [4]], fill, options: { p: 2, margin: 1.5, reduction: "none" } },
  ],
});

/**
 * How far wrong classes come within the margin of the right one: the mean over the classes j of
 * max(0, margin - x[target] + x[j])^p, j other than the target; averaged over the batch. CS231n's multiclass SVM loss,
 * except that it sums over the classes.
 * Shapes: input [N,C] (or [C]), target [N] (or []) int32 -> scalar, or as target with reduction "none".
 * @throws DataError if a target is no class; ShapeError, DTypeError, RangeError if the arguments do not fit
 * @see torch.nn.functional.multi_margin_loss; CS231n, "Linear classification"
 */
export function multiMarginLoss(input: Tensor, target: Tensor, options: MultiMarginLossOptions = {}): Tensor {
  checkTensor("multiMarginLoss", "input", input);
  const { weight, ...rest } = checkOptions("multiMarginLoss", options, multiMarginLossOptions, arguments, 2);
  if (input.shape.length > 2)
    throw new ShapeError(
      `multiMarginLoss: input needs 2 dimensions, [N, classes] (input ${showShape(input.shape)}). Flatten it.`,
    );
  checkClassShapes("multiMarginLoss", input, target, weight);
  checkReduction("multiMarginLoss", rest.reduction ?? "mean");
  if (rest.p !== undefined && rest.p !== 1 && rest.p !== 2)
    throw new RangeError(`multiMarginLoss: p must be 1 or 2, got ${rest.p}.`);
  return overRows(input, target, (rows, targets) =>
    multiMarginLossOp(weight ? [rows, targets, weight] : [rows, targets], rest),
  );
}
