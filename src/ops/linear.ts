import { ShapeError } from "../errors";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { binary } from "./binary";
import { checkFloats } from "./defineOp";
import { matmulOp } from "./matmul";
import { reshape } from "./reshape";

/**
 * x times the transposed weight, plus the bias. Shapes: x [...,in], weight [out,in], bias [out] or null -> [...,out].
 * @throws ShapeError if the last dimension of x is not `in`
 * @see torch.nn.functional.linear
 */
export function linear(x: Tensor, weight: Tensor, bias: Tensor | null = null): Tensor {
  checkFloats("linear", ["input", "weight", "bias"], bias ? [x, weight, bias] : [x, weight]);
  const shapes = `input ${showShape(x.shape)}, weight ${showShape(weight.shape)}`;
  if (weight.shape.length !== 2)
    throw new ShapeError(`linear: weight needs 2 dimensions, [out,in] (${shapes}).`);
  const [outFeatures, inFeatures] = weight.shape;
  const given = x.shape[x.shape.length - 1];
  if (given !== inFeatures)
    throw new ShapeError(
      `linear: input has ${given ?? "no"} features, weight expects ${inFeatures} (${shapes}). ` +
        (x.shape.length > 2 || given === undefined
          ? `Flatten images first: x.flatten(1).`
          : `Linear(${given}, ${outFeatures}) would fit.`),
    );
  if (bias && (bias.shape.length !== 1 || bias.shape[0] !== outFeatures))
    throw new ShapeError(
      `linear: bias must have shape [${outFeatures}] (bias ${showShape(bias.shape)}, ${shapes}).`,
    );
  const rows = x.shape.length === 2 ? x : reshape(x, [-1, inFeatures], "linear");
  const product = matmulOp([rows, weight], { transposeB: true });
  const sum = bias ? binary("add", product, bias) : product;
  return x.shape.length === 2 ? sum : reshape(sum, [...x.shape.slice(0, -1), outFeatures], "linear");
}
