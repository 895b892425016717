import { show } from "../../arguments";
import { ShapeError } from "../../errors";
import { layerNorm } from "../../ops";
import { checkOptions, type OptionNames } from "../../options";
import { showShape, type Shape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { constantParameter } from "../firstWeights";
import { Module } from "../module";
import type { Parameter } from "../parameter";

export interface LayerNormLayerOptions {
  /** Added to the variance; default 1e-5. */
  eps?: number;
  /** Whether each number of a row has a trained weight and bias; default true. */
  elementwiseAffine?: boolean;
  /** Whether an affine layer has a bias; default true. */
  bias?: boolean;
}
const optionNames: OptionNames<LayerNormLayerOptions> = { eps: true, elementwiseAffine: true, bias: true };

/**
 * Normalises each row of the last dimensions to mean 0 and variance 1, then scales and shifts each of its numbers.
 * Shapes: [...,normalizedShape] -> same.
 * @param normalizedShape lengths of the last dimensions, or the length of the last one
 * @throws ShapeError if a length is not a whole number >= 1, or the input does not end with the normalized shape
 * @see Ba et al. 2016, arXiv:1607.06450; torch.nn.LayerNorm
 * @example new nn.LayerNorm(10)(randn([4, 10])); // each of the four rows
 */
export class LayerNorm extends Module {
  weight: Parameter | null;
  bias: Parameter | null;
  readonly normalizedShape: Shape;
  private readonly settings: Required<LayerNormLayerOptions>;

  constructor(normalizedShape: Shape | number, options: LayerNormLayerOptions = {}) {
    super();
    const given = checkOptions("LayerNorm", options, optionNames, arguments, 1);
    const { eps = 1e-5, elementwiseAffine = true, bias = true } = given;
    const shape = typeof normalizedShape === "number" ? [normalizedShape] : normalizedShape;
    if (
      !Array.isArray(shape) ||
      shape.length === 0 ||
      !shape.every((length) => Number.isInteger(length) && length >= 1)
    )
      throw new ShapeError(
        `LayerNorm: normalizedShape must be whole numbers >= 1, got ${show(shape)}. ` +
          `Give the lengths that the mean is taken over.`,
      );
    this.normalizedShape = [...(shape as Shape)];
    this.settings = { eps, elementwiseAffine, bias };
    this.weight = elementwiseAffine ? constantParameter(shape as Shape, 1) : null;
    this.bias = elementwiseAffine && bias ? constantParameter(shape as Shape, 0) : null;
  }

  forward(x: Tensor): Tensor {
    const { weight, bias } = this;
    return layerNorm(x, this.normalizedShape, { weight, bias, eps: this.settings.eps });
  }
  override extraRepr(): string {
    const { eps, elementwiseAffine, bias } = this.settings;
    const rest = elementwiseAffine && !bias ? ", bias=false" : "";
    return `${showShape(this.normalizedShape)}, eps=${eps}, elementwiseAffine=${elementwiseAffine}${rest}`;
  }
}
