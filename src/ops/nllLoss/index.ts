import { checkTensor } from "../../arguments";
import { isFloat } from "../../devices/device";
import { checkOptions, type OptionNames } from "../../options";
import { sameShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { checkClassShapes, overRows } from "../geometry/classTargets";
import { defineOp } from "../define/defineOp";
import { checkReduction, type LossOptions } from "../geometry/reduction";
import { softCrossEntropy } from "./softCrossEntropy";
import { logSoftmax } from "../softmax";
import { nllLossGpu } from "./gpu";
import type { NllLossGeometry, NllLossKernels } from "./kernels";
import { nllLossReference } from "./reference";

export interface NllLossOptions extends LossOptions {
  /** How much each class counts, [C]; "mean" then divides by the weights of the targets. Default: all 1. */
  weight?: Tensor;
  /** Targets of this value do not count; default -100. */
  ignoreIndex?: number;
}
export const nllLossOptions: OptionNames<NllLossOptions> = {
  weight: true,
  ignoreIndex: true,
  reduction: true,
};

export interface CrossEntropyOptions extends NllLossOptions {
  /** How much of the truth is spread evenly over all classes, 0..1; default 0. */
  labelSmoothing?: number;
}
export const crossEntropyOptions: OptionNames<CrossEntropyOptions> = {
  weight: true,
  ignoreIndex: true,
  reduction: true,
  labelSmoothing: true,
};

type OpOptions = Omit<CrossEntropyOptions, "weight"> & { caller: string };

export const nllLossOp = defineOp<NllLossKernels, OpOptions, NllLossGeometry>({
  name: "nllLoss",
  inputNames: ["input", "target", "weight"],
  shape([logp], { reduction = "mean", ignoreIndex = -100, labelSmoothing = 0, caller }) {
    const [N, classes] = logp.shape;
    const outShape = reduction === "none" ? [N] : [];
    return { N, classes, reduction, ignoreIndex, labelSmoothing, caller, outShape };
  },
  forward: (k, [logp, target, weight], g) => k.forward(logp, target, weight ?? null, g),
  backward: (k, dy, { inputs: [, target, weight], geometry }) => [
    k.backward(dy, target, weight ?? null, geometry),
    null,
    null,
  ],
  kernels: { reference: nllLossReference, cpu: nllLossReference, gpu: nllLossGpu },
  samples: [
    ...(["mean", "sum", "none"] as const).map((reduction) => ({
      inputs: [[5, 4], [5]],
      fill: ["normal" as const, { classes: 4 }],
      options: { reduction, caller: "nllLoss" },
    })),
    ...(["mean", "none"] as const).map((reduction) => ({
      inputs: [[5, 4], [5], [4]],
      fill: ["normal" as const, { classes: 4 }, "constant" as const],
      options: { reduction, ignoreIndex: 1, caller: "nllLoss" },
    })),
  ],
});

function apply(rows: Tensor, targets: Tensor, { weight, ...options }: NllLossOptions & OpOptions): Tensor {
  return nllLossOp(weight ? [rows, targets, weight] : [rows, targets], options);
}

/**
 * Minus the log-probability of each target, averaged over the batch. Shapes: input [N,C,...] log-probabilities,
 * target [N,...] int32 -> scalar, or as target with reduction "none".
 * @throws DataError if a target is no class; ShapeError, DTypeError, RangeError if the arguments do not fit
 * @see torch.nn.functional.nll_loss
 */
export function nllLoss(input: Tensor, target: Tensor, options: NllLossOptions = {}): Tensor {
  checkOptions("nllLoss", options, nllLossOptions, arguments, 2);
  checkClassShapes("nllLoss", input, target, options.weight);
  checkReduction("nllLoss", options.reduction ?? "mean");
  return overRows(input, target, (rows, targets) => apply(rows, targets, { ...options, caller: "nllLoss" }));
}

/**
 * The cross-entropy of softmax(logits) against class indices: how surprised the network is by the truth, in nats;
 * ln(classes) for a network that knows nothing. Shapes: logits [N,C,...], target [N,...] int32 -> scalar, or as target
 * with reduction "none". A float target of the logits' shape holds the probability of each class instead.
 * @throws DataError if a target is no class; ShapeError, DTypeError, RangeError if the arguments do not fit
 * @see torch.nn.functional.cross_entropy
 * @example
 * const loss = F.crossEntropy(zeros([4, 10]), tensor([3, 1, 4, 1], { dtype: "int32" })); // 2.3026 = ln 10
 */
export function crossEntropy(logits: Tensor, target: Tensor, options: CrossEntropyOptions = {}): Tensor {
  checkTensor("crossEntropy", "logits", logits);
  checkTensor("crossEntropy", "target", target);
  checkOptions("crossEntropy", options, crossEntropyOptions, arguments, 2);
  const soft = isFloat(target.dtype) && sameShape(logits.shape, target.shape);
  if (!soft) checkClassShapes("crossEntropy", logits, target, options.weight);
  checkReduction("crossEntropy", options.reduction ?? "mean");
  const { labelSmoothing = 0 } = options;
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1))
    throw new RangeError(`crossEntropy: labelSmoothing must be from 0 to 1, got ${labelSmoothing}.`);
  if (soft) return softCrossEntropy(logits, target, options);
  return overRows(logits, target, (rows, targets) =>
    apply(logSoftmax(rows, 1), targets, { ...options, caller: "crossEntropy" }),
  );
}
