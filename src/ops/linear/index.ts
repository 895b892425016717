import { checkBias, checkTensor } from "../../arguments";
import { ShapeError } from "../../errors";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { checkFloats, defineOp } from "../define/defineOp";
import { reshape } from "../reshape";
import { linearCpu } from "./cpu";
import { linearGpu } from "./gpu";
import type { LinearGeometry, LinearKernels } from "./kernels";
import { linearReference } from "./reference";

/** On rows; `linear` has checked the shapes. */
export const linearOp = defineOp<LinearKernels, Record<string, never>, LinearGeometry>({
  name: "linear",
  inputNames: ["input", "weight", "bias"],
  shape([x, w]) {
    const [M, L] = x.shape;
    const N = w.shape[0];
    return { M, N, L, dtype: x.dtype, outShape: [M, N] };
  },
  forward: (k, [x, w, b], g) => k.forward(x, w, b ?? null, g),
  backward: (k, dy, { inputs: [x, w, b], need, geometry: g }) => [
    need[0] ? k.backwardInput(dy, w, g) : null,
    need[1] ? k.backwardWeight(dy, x, g) : null,
    need[2] ? k.backwardBias(dy, b, g) : null,
  ],
  kernels: { reference: linearReference, cpu: linearCpu, gpu: linearGpu },
  samples: [
    { inputs: [[4, 7], [5, 7], [5]], options: {} },
    { inputs: [[1, 9], [13, 9], [13]], options: {} },
    { inputs: [[6, 33], [10, 33], [10]], options: {} },
    {
      inputs: [
        [3, 5],
        [2, 5],
      ],
      options: {},
    },
  ],
});

/**
 * x times the transposed weight, plus the bias. Shapes: x [...,in], weight [out,in], bias [out] or null -> [...,out].
 * @throws ShapeError if the last dimension of x is not `in`
 * @see torch.nn.functional.linear
 */
export function linear(x: Tensor, weight: Tensor, bias: Tensor | null = null): Tensor {
  checkTensor("linear", "input", x);
  checkTensor("linear", "weight", weight);
  if (bias !== null) checkBias("linear", bias);
  checkFloats("linear", ["input", "weight", "bias"], bias ? [x, weight, bias] : [x, weight]);
  const shapes = `input ${showShape(x.shape)}, weight ${showShape(weight.shape)}`;
  if (weight.shape.length !== 2) throw new ShapeError(`linear: weight needs 2 dimensions, [out,in] (${shapes}).`);
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
    throw new ShapeError(`linear: bias must have shape [${outFeatures}] (bias ${showShape(bias.shape)}, ${shapes}).`);
  const rows = x.shape.length === 2 ? x : reshape(x, [-1, inFeatures], "linear");
  const result = linearOp(bias ? [rows, weight, bias] : [rows, weight], {});
  return x.shape.length === 2 ? result : reshape(result, [...x.shape.slice(0, -1), outFeatures], "linear");
}
