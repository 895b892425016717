import { checkOptions, type OptionNames } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { checkFloats, defineOp } from "../define/defineOp";
import { checkReduction, checkSameShape, reduceLoss, type LossOptions } from "../geometry/reduction";
import { binaryCrossEntropyGpu } from "./gpu";
import type { BinaryCrossEntropyGeometry, BinaryCrossEntropyKernels } from "./kernels";
import { binaryCrossEntropyReference } from "./reference";

export interface BinaryCrossEntropyOptions extends LossOptions {
  /** How much each element counts; broadcast to the input. Default: all 1. */
  weight?: Tensor;
}
export const binaryCrossEntropyOptions: OptionNames<BinaryCrossEntropyOptions> = {
  weight: true,
  reduction: true,
};

const inputNames = ["input", "target"];

/** The loss of each element. */
export const binaryCrossEntropyOp = defineOp<
  BinaryCrossEntropyKernels,
  Record<string, never>,
  BinaryCrossEntropyGeometry
>({
  name: "binaryCrossEntropy",
  inputNames,
  shape([x, target]) {
    checkFloats("binaryCrossEntropy", inputNames, [x, target]);
    checkSameShape("binaryCrossEntropy", x, target);
    return { outShape: x.shape };
  },
  forward: (k, [x, target], g) => k.forward(x, target, g),
  backward: (k, dy, { inputs: [x, target], geometry: g, need }) => [
    need[0] ? k.backwardInput(dy, x, target, g) : null,
    need[1] ? k.backwardTarget(dy, x, g) : null,
  ],
  kernels: {
    reference: binaryCrossEntropyReference,
    cpu: binaryCrossEntropyReference,
    gpu: binaryCrossEntropyGpu,
  },
  samples: [
    { inputs: [[7], [7]], fill: ["probability", "probability"], options: {} },
    {
      inputs: [
        [3, 4],
        [3, 4],
      ],
      fill: ["probability", "probability"],
      options: {},
    },
  ],
});

/**
 * The cross-entropy of probabilities against targets from 0 to 1, each element a question of yes or no, averaged over all.
 * As in PyTorch no logarithm counts as less than -100. Shapes: both the same -> scalar, or as they are with reduction "none".
 * @throws ShapeError if the shapes differ; DataError on cpu and reference if a number is no probability
 * @see torch.nn.functional.binary_cross_entropy
 * @example F.binaryCrossEntropy(tensor([0.5, 1]), tensor([1, 1])); // ln(2) / 2
 */
export function binaryCrossEntropy(input: Tensor, target: Tensor, options: BinaryCrossEntropyOptions = {}): Tensor {
  const { weight, reduction = "mean" } = checkOptions("binaryCrossEntropy", options, binaryCrossEntropyOptions);
  checkReduction("binaryCrossEntropy", reduction);
  const loss = binaryCrossEntropyOp([input, target], {});
  return reduceLoss(weight ? loss.mul(weight) : loss, reduction);
}
