import type { Tensor } from "../tensor/tensor";
import { adaptiveGeometry, type OutputSize } from "./geometry/adaptive";
import { avgPool2dKernels } from "./avgPool2d";
import type { AvgPool2dGeometry, AvgPool2dKernels } from "./avgPool2d/kernels";
import { defineOp } from "./define/defineOp";

/** The kernels are avgPool2d's: only the windows differ. */
export const adaptiveAvgPool2dOp = defineOp<AvgPool2dKernels, { outputSize: OutputSize }, AvgPool2dGeometry>({
  name: "adaptiveAvgPool2d",
  inputNames: ["input"],
  shape: ([x], { outputSize }) => adaptiveGeometry("adaptiveAvgPool2d", x, outputSize),
  forward: (k, [x], g) => k.forward(x, g),
  backward: (k, dy, { geometry }) => [k.backward(dy, geometry)],
  kernels: avgPool2dKernels,
  samples: [
    { inputs: [[2, 3, 4, 5]], options: { outputSize: 1 } },
    { inputs: [[2, 2, 6, 6]], options: { outputSize: [3, 2] } },
    { inputs: [[1, 2, 7, 5]], options: { outputSize: [3, 4] } },
    { inputs: [[1, 2, 3, 4]], options: { outputSize: [5, 7] } },
    { inputs: [[1, 2, 5, 6]], options: { outputSize: [null, 4] } },
  ],
});

/**
 * Averages over windows chosen so that the result has the wanted size, whatever the image's size.
 * Shapes: [N,C,H,W] -> [N,C,P,Q]. Row p averages the pixels from floor(p*H/P) to ceil((p+1)*H/P) (not included), so
 * windows overlap where P does not divide H.
 * @param outputSize [P,Q] or one number for both; null keeps the image's own height or width
 * @throws ShapeError if the size is not a whole number >= 1
 * @see torch.nn.functional.adaptive_avg_pool2d
 * @example
 * const y = F.adaptiveAvgPool2d(zeros([1, 512, 7, 9]), 1); // y.shape is [1, 512, 1, 1]
 */
export function adaptiveAvgPool2d(x: Tensor, outputSize: OutputSize): Tensor {
  return adaptiveAvgPool2dOp([x], { outputSize });
}
