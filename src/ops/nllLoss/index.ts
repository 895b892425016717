import { DTypeError, ShapeError } from "../../errors";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp } from "../defineOp";
import { logSoftmax } from "../softmax";
import { nllLossGpu } from "./gpu";
import type { NllLossGeometry, NllLossKernels, Reduction } from "./kernels";
import { nllLossReference } from "./reference";

export interface NllLossOptions {
  /** Over the batch; default "mean", over the targets that count. */
  reduction?: Reduction;
  /** Targets of this value do not count; default -100. */
  ignoreIndex?: number;
}

function nllLossGeometry(
  logits: Tensor,
  target: Tensor,
  caller: string,
  options: NllLossOptions,
): NllLossGeometry {
  const shapes = `logits ${showShape(logits.shape)}, target ${showShape(target.shape)}`;
  if (logits.shape.length !== 2)
    throw new ShapeError(
      `${caller}: logits need 2 dimensions, [N, classes] (${shapes}). Flatten or unsqueeze them.`,
    );
  if (target.dtype !== "int32")
    throw new DTypeError(`${caller}: target must be int32 class indices, got ${target.dtype} (${shapes}).`);
  if (target.shape.length !== 1 || target.shape[0] !== logits.shape[0])
    throw new ShapeError(
      `${caller}: ${logits.shape[0]} rows of logits need ${logits.shape[0]} targets (${shapes}). ` +
        `Give one class index an image.`,
    );
  const { reduction = "mean", ignoreIndex = -100 } = options;
  const [N, classes] = logits.shape;
  return { N, classes, reduction, ignoreIndex, caller, outShape: reduction === "none" ? [N] : [] };
}

export const nllLossOp = defineOp<NllLossKernels, NllLossOptions & { caller: string }, NllLossGeometry>({
  name: "nllLoss",
  inputNames: ["input", "target"],
  shape: ([logp, target], options) => nllLossGeometry(logp, target, options.caller, options),
  forward: (k, [logp, target], g) => k.forward(logp, target, g),
  backward: (k, dy, { inputs: [, target], geometry }) => [k.backward(dy, target, geometry), null],
  kernels: { reference: nllLossReference, cpu: nllLossReference, gpu: nllLossGpu },
  samples: (["mean", "sum", "none"] as const).map((reduction) => ({
    inputs: [[5, 4], [5]],
    fill: ["normal", { classes: 4 }],
    options: { reduction, caller: "nllLoss" },
  })),
});

/**
 * Minus the log-probability of each target, averaged over the batch. Shapes: input [N,C] log-probabilities,
 * target [N] int32 -> scalar, or [N] with reduction "none".
 * @throws DataError if a target is no class
 * @see torch.nn.functional.nll_loss
 */
export function nllLoss(input: Tensor, target: Tensor, options: NllLossOptions = {}): Tensor {
  return nllLossOp([input, target], { ...options, caller: "nllLoss" });
}

/**
 * The cross-entropy of softmax(logits) against class indices: how surprised the network is by the truth, in nats;
 * ln(classes) for a network that knows nothing. Shapes: logits [N,C], target [N] int32 -> scalar, or [N] with
 * reduction "none".
 * @throws DataError if a target is no class
 * @see torch.nn.functional.cross_entropy
 * @example
 * const loss = F.crossEntropy(zeros([4, 10]), tensor([3, 1, 4, 1], { dtype: "int32" })); // 2.3026 = ln 10
 */
export function crossEntropy(logits: Tensor, target: Tensor, options: NllLossOptions = {}): Tensor {
  nllLossGeometry(logits, target, "crossEntropy", options); // its checks first, in the user's words
  return nllLossOp([logSoftmax(logits, 1), target], { ...options, caller: "crossEntropy" });
}
