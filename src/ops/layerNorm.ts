import { checkTensor } from "../arguments";
import { ShapeError } from "../errors";
import { checkOptions, type OptionNames } from "../options";
import { checkShape, sameShape, type Shape, showShape, sizeOf } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { defineRowNorm, inputNames, withConstants, type AffineOptions } from "./groupNorm/define";

export interface LayerNormOptions extends AffineOptions {
  /** Factor of each number of a row, of the normalised shape; default 1. */
  weight?: Tensor | null;
  /** Number added to each number of a row, of the normalised shape; default 0. */
  bias?: Tensor | null;
}
const optionNames: OptionNames<LayerNormOptions> = { weight: true, bias: true, eps: true };

export const layerNormOp = defineRowNorm<{ normalizedShape: Shape; eps: number }>(
  "layerNorm",
  ([x, ...each], { normalizedShape, eps }) => {
    const shapes = `input ${showShape(x.shape)}, normalizedShape ${showShape(normalizedShape)}`;
    const split = x.shape.length - normalizedShape.length;
    if (normalizedShape.length === 0 || split < 0 || !sameShape(x.shape.slice(split), normalizedShape))
      throw new ShapeError(
        `layerNorm: the input's last dimensions are not the normalized shape (${shapes}). ` +
          `Give the lengths that the mean is taken over.`,
      );
    each.forEach(({ shape }, i) => {
      if (!sameShape(shape, normalizedShape))
        throw new ShapeError(
          `layerNorm: ${inputNames[i + 1]} needs the normalized shape (${shapes}, ` +
            `${inputNames[i + 1]} ${showShape(shape)}). Reshape it.`,
        );
    });
    const rows = sizeOf(x.shape.slice(0, split));
    return { rows, groups: 1, channels: sizeOf(normalizedShape), inner: 1, eps, outShape: x.shape };
  },
  [
    { inputs: [[4, 7], [7], [7]], options: { normalizedShape: [7], eps: 1e-5 } },
    {
      inputs: [
        [2, 3, 4],
        [3, 4],
        [3, 4],
      ],
      options: { normalizedShape: [3, 4], eps: 0.1 },
    },
    { inputs: [[2, 5, 18], [18], [18]], options: { normalizedShape: [18], eps: 1e-5 } },
  ],
);

/**
 * Each row of the last dimensions with mean 0 and (biased) variance 1, times weight, plus bias. Shapes: x
 * [...,normalizedShape], weight and bias of the normalized shape -> as x.
 * @param normalizedShape the lengths of the last dimensions, or the length of the last one
 * @throws ShapeError if the input does not end with the normalized shape
 * @see Ba et al. 2016, arXiv:1607.06450; torch.nn.functional.layer_norm
 * @example F.layerNorm(randn([4, 10]), [10]); // each of the four rows
 */
export function layerNorm(x: Tensor, normalizedShape: Shape | number, options: LayerNormOptions = {}): Tensor {
  const { weight = null, bias = null, eps = 1e-5 } = checkOptions("layerNorm", options, optionNames, arguments, 2);
  const shape = typeof normalizedShape === "number" ? [normalizedShape] : normalizedShape;
  checkTensor("layerNorm", "input", x);
  checkShape("layerNorm", shape);
  return layerNormOp(withConstants(x, shape, weight, bias), { normalizedShape: shape, eps });
}
