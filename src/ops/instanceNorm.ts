import { checkTensor } from "../arguments";
import { noGrad } from "../autograd/noGrad";
import { ShapeError } from "../errors";
import { checkOptions, type OptionNames } from "../options";
import { showShape, sizeOf } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { batchNorm, checkRunning } from "./batchNorm";
import { dryRunWatcher } from "./define/dryRun";
import { defineRowNorm, inputNames, withConstants, type AffineOptions } from "./groupNorm/define";
import { mean } from "./reduce";
import { variance } from "./variance";

export interface InstanceNormOptions extends AffineOptions {
  /** Factor of each channel, [C]; default 1. */
  weight?: Tensor | null;
  /** Number added to each channel, [C]; default 0. */
  bias?: Tensor | null;
  /** Normalise by each image's own statistics, and let them move the running ones if there are some; default true. */
  useInputStats?: boolean;
  /** Weight of this batch in the running statistics, 0..1; default 0.1. */
  momentum?: number;
}
const optionNames: OptionNames<InstanceNormOptions> = {
  weight: true,
  bias: true,
  useInputStats: true,
  momentum: true,
  eps: true,
};

export const instanceNormOp = defineRowNorm<{ eps: number }>(
  "instanceNorm",
  ([x, ...perChannel], { eps }) => {
    const shapes = `input ${showShape(x.shape)}`;
    if (x.shape.length < 3)
      throw new ShapeError(
        `instanceNorm: input has ${x.shape.length} dimensions, needs at least 3 (${shapes}). Give [N,C,L] or [N,C,H,W].`,
      );
    const [N, C] = x.shape;
    perChannel.forEach(({ shape }, i) => {
      if (shape.length !== 1 || shape[0] !== C)
        throw new ShapeError(
          `instanceNorm: input has ${C} channels, ${inputNames[i + 1]} has shape ${showShape(shape)} ` +
            `(${shapes}, ${inputNames[i + 1]} ${showShape(shape)}). Is the input ordered [N,C,H,W]?`,
        );
    });
    const inner = sizeOf(x.shape.slice(2));
    if (inner === 1)
      throw new ShapeError(
        `instanceNorm: a channel has 1 pixel, which is its own mean (${shapes}). Normalise before the last pooling.`,
      );
    return { rows: N * C, groups: C, channels: 1, inner, eps, outShape: x.shape };
  },
  [
    { inputs: [[2, 3, 3, 4], [3], [3]], options: { eps: 1e-5 } },
    { inputs: [[3, 2, 7], [2], [2]], options: { eps: 0.1 } },
  ],
);

/**
 * Each channel of each image with mean 0 and (biased) variance 1, times weight, plus bias. With running statistics these
 * move, in place, towards the mean over the batch of the images' means and (unbiased) variances; with `useInputStats`
 * false they serve instead. Shapes: x [N,C,...], all others [C] -> as x.
 * @throws ShapeError if channels disagree, a channel has one pixel, or running statistics are needed and not given
 * @see Ulyanov et al. 2016, arXiv:1607.08022; torch.nn.functional.instance_norm
 * @example F.instanceNorm(images); // each colour of each image: mean 0, variance 1
 */
export function instanceNorm(
  x: Tensor,
  runningMean: Tensor | null = null,
  runningVar: Tensor | null = null,
  options: InstanceNormOptions = {},
): Tensor {
  checkTensor("instanceNorm", "input", x);
  if (runningMean !== null) checkTensor("instanceNorm", "runningMean", runningMean, "Give a tensor [C], or null.");
  if (runningVar !== null) checkTensor("instanceNorm", "runningVar", runningVar, "Give a tensor [C], or null.");
  const given = checkOptions("instanceNorm", options, optionNames, arguments, 3);
  const { weight = null, bias = null, useInputStats = true, momentum = 0.1, eps = 1e-5 } = given;
  if ((runningMean === null) !== (runningVar === null) || (!useInputStats && !runningMean))
    throw new ShapeError(
      `instanceNorm: runningMean is ${runningMean ? "given" : "null"}, runningVar is ${runningVar ? "given" : "null"} ` +
        `(input ${showShape(x.shape)}). Give both, or neither and use the input's statistics.`,
    );
  if (!useInputStats) return batchNorm(x, runningMean, runningVar, { weight, bias, eps });
  const output = instanceNormOp(withConstants(x, [x.shape[1] ?? 0], weight, bias), { eps });
  if (runningMean && runningVar && !dryRunWatcher.current) {
    checkRunning("instanceNorm", x, { runningMean, runningVar });
    const pixels = x.shape.slice(2).map((_, d) => d + 2);
    noGrad(() => {
      blend(runningMean, mean(mean(x, pixels), 0), momentum);
      blend(runningVar, mean(variance(x, pixels), 0), momentum);
    });
  }
  return output;
}

/** Moves a running statistic towards `present`, in place. */
function blend(running: Tensor, present: Tensor, momentum: number): void {
  const moved = running.mul(1 - momentum).add(present.mul(momentum));
  running.storage.replace(moved.storage.memory);
}
