import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { checkReduction, checkSameShape, reduceLoss, type Reduction } from "./geometry/reduction";

export interface KlDivOptions {
  /** "batchmean" divides the sum by the batch size, which is the divergence's definition; default "mean". */
  reduction?: Reduction | "batchmean";
  /** Whether the target holds log-probabilities too; default false. */
  logTarget?: boolean;
}
export const klDivOptions: OptionNames<KlDivOptions> = { reduction: true, logTarget: true };

/** The smallest normal float32: instead of 0 under a logarithm that is multiplied by 0. */
const TINY = 2 ** -126;

/**
 * The Kullback-Leibler divergence of the target from the input, target * (log target - input), averaged over all elements.
 * Shapes: input log-probabilities, target probabilities of the same shape -> scalar, or as they are with "none".
 * @throws ShapeError if the shapes differ; RangeError for an unknown reduction
 * @see torch.nn.functional.kl_div
 * @example
 * const [ours, theirs] = [randn([4, 10]), randn([4, 10])];
 * F.klDiv(F.logSoftmax(ours, 1), F.softmax(theirs, 1), { reduction: "batchmean" });
 */
export function klDiv(input: Tensor, target: Tensor, options: KlDivOptions = {}): Tensor {
  const { reduction = "mean", logTarget = false } = checkOptions("klDiv", options, klDivOptions, arguments, 2);
  checkSameShape("klDiv", input, target);
  checkReduction("klDiv", reduction, ["mean", "sum", "none", "batchmean"]);
  const loss = logTarget
    ? target.exp().mul(target.sub(input))
    : target.mul(target.maximum(TINY).log()).sub(target.mul(input));
  if (reduction === "batchmean") return loss.sum().div(input.shape[0] ?? 1);
  return reduceLoss(loss, reduction);
}
