import { checkTensor, show } from "../../arguments";
import { ShapeError } from "../../errors";
import { checkOptions, type OptionNames } from "../../options";
import { showShape, sizeOf } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineRowNorm, inputNames, withConstants, type AffineOptions } from "./define";

export interface GroupNormOptions extends AffineOptions {
  /** Factor of each channel, [C]; default 1. */
  weight?: Tensor | null;
  /** Number added to each channel, [C]; default 0. */
  bias?: Tensor | null;
}
const optionNames: OptionNames<GroupNormOptions> = { weight: true, bias: true, eps: true };

export const groupNormOp = defineRowNorm<{ numGroups: number; eps: number }>(
  "groupNorm",
  ([x, ...perChannel], { numGroups, eps }) => {
    const shapes = `input ${showShape(x.shape)}`;
    if (x.shape.length < 2)
      throw new ShapeError(
        `groupNorm: input has ${x.shape.length} dimensions, needs at least 2 (${shapes}). Give [N,C] or [N,C,H,W].`,
      );
    const [N, C] = x.shape;
    if (!Number.isInteger(numGroups) || numGroups < 1 || C % numGroups !== 0)
      throw new ShapeError(
        `groupNorm: ${C} channels do not make ${show(numGroups)} groups of one size (${shapes}). ` +
          `Choose a divisor of ${C}.`,
      );
    perChannel.forEach(({ shape }, i) => {
      if (shape.length !== 1 || shape[0] !== C)
        throw new ShapeError(
          `groupNorm: input has ${C} channels, ${inputNames[i + 1]} has shape ${showShape(shape)} ` +
            `(${shapes}, ${inputNames[i + 1]} ${showShape(shape)}). Is the input ordered [N,C,H,W]?`,
        );
    });
    const [channels, inner] = [C / numGroups, sizeOf(x.shape.slice(2))];
    if (N * channels * inner === 1)
      throw new ShapeError(
        `groupNorm: a group has 1 number, which is its own mean (${shapes}, ${numGroups} groups). ` +
          `Use fewer groups or larger images.`,
      );
    return { rows: N * numGroups, groups: numGroups, channels, inner, eps, outShape: x.shape };
  },
  [
    { inputs: [[2, 6, 3, 3], [6], [6]], options: { numGroups: 3, eps: 1e-5 } },
    { inputs: [[3, 4, 5], [4], [4]], options: { numGroups: 1, eps: 0.1 } },
    { inputs: [[3, 8], [8], [8]], options: { numGroups: 2, eps: 1e-5 } },
    { inputs: [[2, 4, 2, 5], [4], [4]], options: { numGroups: 4, eps: 1e-3 } },
  ],
);

/**
 * Each group of neighbouring channels of each image with mean 0 and (biased) variance 1, times weight, plus bias: a batch
 * norm that does not look at other images. Shapes: x [N,C,...], weight and bias [C] -> as x.
 * @param numGroups a divisor of C; 1 normalises each image as a whole, C each channel
 * @throws ShapeError if channels disagree or do not make groups of one size
 * @see Wu & He 2018, arXiv:1803.08494; torch.nn.functional.group_norm
 * @example F.groupNorm(randn([2, 6, 8, 8]), 3); // pairs of channels
 */
export function groupNorm(x: Tensor, numGroups: number, options: GroupNormOptions = {}): Tensor {
  checkTensor("groupNorm", "input", x);
  const { weight = null, bias = null, eps = 1e-5 } = checkOptions("groupNorm", options, optionNames, arguments, 2);
  return groupNormOp(withConstants(x, [x.shape[1] ?? 0], weight, bias), { numGroups, eps });
}
