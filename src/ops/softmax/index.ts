import { isFloat } from "../../devices/device";
import { DTypeError } from "../../errors";
import { around, resolveDimOrScalar, showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp, type Sample } from "../define/defineOp";
import { softmaxCpu } from "./cpu";
import { softmaxGpu } from "./gpu";
import type { SoftmaxGeometry, SoftmaxKernels } from "./kernels";
import { softmaxReference } from "./reference";

export interface SoftmaxOptions {
  dim: number;
}

const samples: Sample<SoftmaxOptions>[] = [
  { inputs: [[5, 10]], options: { dim: 1 } },
  { inputs: [[5, 10]], options: { dim: 0 } },
  { inputs: [[2, 3, 4]], options: { dim: -2 } },
  { inputs: [[3, 4]], options: { dim: 1 } },
  { inputs: [[6]], options: { dim: 0 } },
  { inputs: [[]], options: { dim: -1 } },
  { inputs: [[3, 0]], options: { dim: 1 } },
  { inputs: [[0, 3]], options: { dim: 1 } },
];

function rule(name: string): (inputs: readonly Tensor[], options: SoftmaxOptions) => SoftmaxGeometry {
  return ([x], { dim }) => {
    if (!isFloat(x.dtype))
      throw new DTypeError(
        `${name}: takes a float tensor, got ${x.dtype} (input ${showShape(x.shape)}). Convert it with .float().`,
      );
    const { outer, length, inner } = around(x.shape, resolveDimOrScalar(name, dim, x.shape.length));
    return { outer, length, inner, outShape: x.shape };
  };
}

const kernels = { reference: softmaxReference, cpu: softmaxCpu, gpu: softmaxGpu };

export const softmaxOp = defineOp<SoftmaxKernels, SoftmaxOptions, SoftmaxGeometry>({
  name: "softmax",
  inputNames: ["input"],
  shape: rule("softmax"),
  forward: (k, [x], g) => k.softmax(x, g),
  backward: (k, dy, { output, geometry }) => [k.softmaxBackward(dy, output, geometry)],
  kernels,
  samples,
});

export const logSoftmaxOp = defineOp<SoftmaxKernels, SoftmaxOptions, SoftmaxGeometry>({
  name: "logSoftmax",
  inputNames: ["input"],
  shape: rule("logSoftmax"),
  forward: (k, [x], g) => k.logSoftmax(x, g),
  backward: (k, dy, { output, geometry }) => [k.logSoftmaxBackward(dy, output, geometry)],
  kernels,
  samples,
});

/**
 * exp(x) divided by its sum over `dim`: positive numbers that add up to 1. Shape: as x.
 * @throws ShapeError if `dim` does not exist
 * @see torch.nn.functional.softmax
 */
export const softmax = (x: Tensor, dim: number): Tensor => softmaxOp([x], { dim });

/** The logarithm of softmax, finite for logits of any size. Shape: as x. @see torch.nn.functional.log_softmax */
export const logSoftmax = (x: Tensor, dim: number): Tensor => logSoftmaxOp([x], { dim });
