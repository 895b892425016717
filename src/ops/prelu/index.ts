import { ShapeError } from "../../errors";
import { showShape, sizeOf, type Shape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { checkFloats, defineOp } from "../define/defineOp";
import { preluCpu } from "./cpu";
import { preluGpu } from "./gpu";
import type { PreluGeometry, PreluKernels } from "./kernels";
import { preluReference } from "./reference";

const inputNames = ["input", "weight"];

/** One slope for all: rows are the first dimension's, so that threads can share them. */
const oneSlope = (outShape: Shape): PreluGeometry => {
  const N = outShape.length > 1 ? outShape[0] : 1;
  return { N, C: 1, inner: N === 0 ? 0 : sizeOf(outShape) / N, outShape };
};

export const preluOp = defineOp<PreluKernels, Record<string, never>, PreluGeometry>({
  name: "prelu",
  inputNames,
  shape([x, weight]) {
    checkFloats("prelu", inputNames, [x, weight]);
    const shapes = `input ${showShape(x.shape)}, weight ${showShape(weight.shape)}`;
    if (weight.shape.length > 1)
      throw new ShapeError(
        `prelu: weight has ${weight.shape.length} dimensions, needs one number, or one a channel (${shapes}). ` +
          `Reshape it to [C].`,
      );
    if (weight.numel() === 1) return oneSlope(x.shape);
    const C = x.shape[1] ?? 1;
    if (weight.numel() !== C)
      throw new ShapeError(
        `prelu: input has ${C} channels, weight has ${weight.numel()} slopes (${shapes}). ` +
          `Is the input ordered [N,C,H,W]?`,
      );
    return { N: x.shape[0], C, inner: sizeOf(x.shape.slice(2)), outShape: x.shape };
  },
  forward: (k, [x, weight], g) => k.forward(x, weight, g),
  backward(k, dy, { inputs: [x, weight], geometry }) {
    const d = k.backward(dy, x, weight, geometry);
    return [d.x, d.weight];
  },
  kernels: { reference: preluReference, cpu: preluCpu, gpu: preluGpu },
  samples: [
    { inputs: [[2, 3, 4, 5], [3]], options: {} },
    { inputs: [[2, 3, 4, 5], [1]], options: {} },
    { inputs: [[5, 7], [7]], options: {} },
    { inputs: [[9], []], options: {} },
  ],
});

/**
 * x where it is positive, weight times x elsewhere; the weight is learned. Shapes: x [N,C,...], weight [C] or [1] -> as x.
 * @throws ShapeError unless weight has one number, or one for each channel
 * @see He et al. 2015, arXiv:1502.01852; torch.nn.functional.prelu
 * @example F.prelu(tensor([-2, 2]), tensor([0.25])); // [-0.5, 2]
 */
export const prelu = (x: Tensor, weight: Tensor): Tensor => preluOp([x, weight], {});
