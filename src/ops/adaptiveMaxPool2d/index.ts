import type { Tensor } from "../../tensor/tensor";
import { adaptiveGeometry, type OutputSize } from "../geometry/adaptive";
import { defineOp } from "../define/defineOp";
import { adaptiveMaxPool2dGpu } from "./gpu";
import type { AdaptiveMaxPool2dGeometry, AdaptiveMaxPool2dKernels } from "./kernels";
import { adaptiveMaxPool2dReference } from "./reference";

export const adaptiveMaxPool2dOp = defineOp<
  AdaptiveMaxPool2dKernels,
  { outputSize: OutputSize },
  AdaptiveMaxPool2dGeometry
>({
  name: "adaptiveMaxPool2d",
  inputNames: ["input"],
  shape: ([x], { outputSize }) => adaptiveGeometry("adaptiveMaxPool2d", x, outputSize),
  forward(k, [x], g) {
    const { output, positions } = k.forward(x, g);
    return { output, extra: [positions] };
  },
  backward: (k, dy, { extra: [positions], geometry }) => [k.backward(dy, positions, geometry)],
  ownsExtra: true,
  kernels: {
    reference: adaptiveMaxPool2dReference,
    cpu: adaptiveMaxPool2dReference,
    gpu: adaptiveMaxPool2dGpu,
  },
  samples: [
    { inputs: [[2, 3, 4, 5]], fill: ["distinct"], options: { outputSize: 1 } },
    { inputs: [[2, 2, 6, 6]], fill: ["distinct"], options: { outputSize: [3, 2] } },
    { inputs: [[1, 2, 7, 5]], fill: ["distinct"], options: { outputSize: [3, 4] } },
    { inputs: [[1, 2, 3, 4]], fill: ["distinct"], options: { outputSize: [5, 7] } },
    { inputs: [[1, 2, 5, 6]], fill: ["distinct"], options: { outputSize: [4, null] } },
  ],
});

/**
 * The largest numbers of windows chosen so that the result has the wanted size, whatever the image's size.
 * Shapes: [N,C,H,W] -> [N,C,P,Q]. Row p looks at the pixels from floor(p*H/P) to ceil((p+1)*H/P) (not included), so
 * windows overlap where P does not divide H.
 * @param outputSize [P,Q] or one number for both; null keeps the image's own height or width
 * @throws ShapeError if the size is not a whole number >= 1
 * @see torch.nn.functional.adaptive_max_pool2d
 * @example
 * const y = F.adaptiveMaxPool2d(zeros([1, 8, 13, 10]), [6, null]); // y.shape is [1, 8, 6, 10]
 */
export function adaptiveMaxPool2d(x: Tensor, outputSize: OutputSize): Tensor {
  return adaptiveMaxPool2dOp([x], { outputSize });
}
