/** What the losses share that compare two tensors of one shape. */
import { checkTensor, show } from "../../arguments";
import { ShapeError } from "../../errors";
import { type OptionNames } from "../../options";
import { sameShape, showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { mean, sum } from "../reduce";

/** What becomes of the losses of a batch: their mean, their sum, or each as it is. */
export type Reduction = "mean" | "sum" | "none";

export interface LossOptions {
  /** Default "mean". */
  reduction?: Reduction;
}
export const lossOptions: OptionNames<LossOptions> = { reduction: true };

/** @throws RangeError for a reduction that the loss does not have */
export function checkReduction(
  caller: string,
  reduction: string,
  words: readonly string[] = ["mean", "sum", "none"],
): void {
  if (!words.includes(reduction))
    throw new RangeError(`${caller}: reduction must be one of ${words.join(", ")}, got ${show(reduction)}.`);
}

export function reduceLoss(loss: Tensor, reduction: Reduction): Tensor {
  if (reduction === "none") return loss;
  return reduction === "mean" ? mean(loss) : sum(loss);
}

/** PyTorch broadcasts here, [N,1] against [N] to [N,N], which is hardly ever meant. @throws ShapeError */
export function checkSameShape(caller: string, input: Tensor, target: Tensor): void {
  checkTensor(caller, "input", input);
  checkTensor(caller, "target", target);
  if (!sameShape(input.shape, target.shape))
    throw new ShapeError(
      `${caller}: input and target differ in shape (input ${showShape(input.shape)}, ` +
        `target ${showShape(target.shape)}). Reshape one of them.`,
    );
}
