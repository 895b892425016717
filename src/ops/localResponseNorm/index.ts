import { show } from "../../arguments";
import { isFloat } from "../../devices/device";
import { DTypeError, ShapeError } from "../../errors";
import { checkOptions, type OptionNames } from "../../options";
import { showShape, sizeOf } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp } from "../define/defineOp";
import { localResponseNormCpu } from "./cpu";
import { localResponseNormGpu } from "./gpu";
import type { LocalResponseNormGeometry, LocalResponseNormKernels } from "./kernels";
import { localResponseNormReference } from "./reference";

export interface LocalResponseNormOptions {
  /** Weight of the mean of the squares; default 1e-4. */
  alpha?: number;
  /** Exponent of the divisor; default 0.75. */
  beta?: number;
  /** Added to the mean of the squares; default 1. */
  k?: number;
}
export const localResponseNormOptions: OptionNames<LocalResponseNormOptions> = {
  alpha: true,
  beta: true,
  k: true,
};

type OpOptions = LocalResponseNormOptions & { size: number };

export const localResponseNormOp = defineOp<LocalResponseNormKernels, OpOptions, LocalResponseNormGeometry>({
  name: "localResponseNorm",
  inputNames: ["input"],
  shape([x], { size, alpha = 1e-4, beta = 0.75, k = 1 }) {
    const shapes = `input ${showShape(x.shape)}`;
    if (!isFloat(x.dtype)) throw new DTypeError(`localResponseNorm: takes a float tensor, got ${x.dtype} (${shapes}).`);
    if (x.shape.length < 3)
      throw new ShapeError(
        `localResponseNorm: input has ${x.shape.length} dimensions, needs at least 3 (${shapes}). Give [N,C,H,W].`,
      );
    if (!Number.isInteger(size) || size < 1)
      throw new ShapeError(
        `localResponseNorm: size must be a whole number >= 1, got ${show(size)} (${shapes}). Give how many channels count.`,
      );
    const [N, C] = x.shape;
    const before = Math.floor(size / 2);
    const after = size - 1 - before;
    const inner = sizeOf(x.shape.slice(2));
    return { N, C, inner, before, after, scale: alpha / size, beta, k, outShape: x.shape };
  },
  forward(kernel, [x], g) {
    const { output, base } = kernel.forward(x, g);
    return { output, extra: [base] };
  },
  backward: (kernel, dy, { inputs: [x], extra: [base], geometry }) => [kernel.backward(dy, x, base, geometry)],
  kernels: {
    reference: localResponseNormReference,
    cpu: localResponseNormCpu,
    gpu: localResponseNormGpu,
  },
  samples: [
    { inputs: [[2, 7, 2, 3]], options: { size: 5 } },
    { inputs: [[2, 6, 3]], options: { size: 3, alpha: 1, beta: 0.5, k: 2 } },
    { inputs: [[1, 5, 2, 2]], options: { size: 4, alpha: 0.5 } },
    { inputs: [[2, 3, 2, 2]], options: { size: 9, alpha: 2, k: 0.5 } },
  ],
});

/**
 * Each number divided by what the same pixel holds in the `size` channels around it:
 * x / (k + alpha * mean(x^2))^beta, where channels beyond the edge count as zeros. Shapes: [N,C,...] -> same.
 * @param size how many channels count; alpha is divided by it, other than in the paper
 * @throws ShapeError if x has fewer than 3 dimensions
 * @see Krizhevsky et al. 2012, section 3.3; torch.nn.functional.local_response_norm
 */
export function localResponseNorm(x: Tensor, size: number, options: LocalResponseNormOptions = {}): Tensor {
  checkOptions("localResponseNorm", options, localResponseNormOptions, arguments, 2);
  return localResponseNormOp([x], { size, ...options });
}
