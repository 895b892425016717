import { isFloat } from "../../devices/device";
import { DTypeError, ShapeError } from "../../errors";
import { showShape, type Shape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp } from "../defineOp";
import { resolvePair, windowGeometry, type Pair } from "../window";
import { maxPool2dCpu } from "./cpu";
import { maxPool2dGpu } from "./gpu";
import type { MaxPool2dKernels, Pool2dGeometry } from "./kernels";
import { maxPool2dReference } from "./reference";

export interface MaxPool2dOptions {
  /** Step in pixels between windows; default the window's size. */
  stride?: Pair;
  /** Pixels added on each side, which never win; default 0, at most half the window. */
  padding?: Pair;
  /** Distance in pixels between the window's pixels; default 1. */
  dilation?: Pair;
}

function pool2dGeometry(x: Shape, kernelSize: Pair, options: MaxPool2dOptions): Pool2dGeometry {
  const name = "maxPool2d";
  if (x.length !== 4)
    throw new ShapeError(
      `${name}: input has ${x.length} dimensions, needs 4 (input ${showShape(x)}). Give [N,C,H,W]; one image is x.unsqueeze(0).`,
    );
  const [N, C, H, W] = x;
  const [R, S] = resolvePair(name, "kernelSize", kernelSize, 1);
  const { stride = kernelSize, padding = 0, dilation = 1 } = options;
  const window = windowGeometry(name, [H, W], [R, S], { stride, padding, dilation });
  const { P, Q, padH, padW } = window;
  if (padH > R / 2 || padW > S / 2)
    throw new ShapeError(
      `${name}: padding ${padH}x${padW} is more than half the window ${R}x${S} (input ${showShape(x)}). ` +
        `Some windows would see nothing but padding.`,
    );
  if (P < 1 || Q < 1)
    throw new ShapeError(
      `${name}: window ${R}x${S} does not fit the ${H}x${W} image (input ${showShape(x)}). ` +
        `An earlier pooling already reduced it.`,
    );
  return { ...window, N, C, outShape: [N, C, P, Q] };
}

export const maxPool2dOp = defineOp<
  MaxPool2dKernels,
  MaxPool2dOptions & { kernelSize: Pair },
  Pool2dGeometry
>({
  name: "maxPool2d",
  inputNames: ["input"],
  shape([x], options) {
    if (!isFloat(x.dtype))
      throw new DTypeError(`maxPool2d: takes a float tensor, got ${x.dtype} (input ${showShape(x.shape)}).`);
    return pool2dGeometry(x.shape, options.kernelSize, options);
  },
  forward(k, [x], g) {
    const { output, positions } = k.forward(x, g);
    return { output, extra: [positions] };
  },
  backward: (k, dy, { extra: [positions], geometry }) => [k.backward(dy, positions, geometry)],
  kernels: { reference: maxPool2dReference, cpu: maxPool2dCpu, gpu: maxPool2dGpu },
  samples: [
    { inputs: [[2, 3, 6, 6]], fill: ["distinct"], options: { kernelSize: 2 } },
    { inputs: [[1, 2, 7, 5]], fill: ["distinct"], options: { kernelSize: 3, stride: 2, padding: 1 } },
    { inputs: [[1, 1, 5, 5]], fill: ["distinct"], options: { kernelSize: 3, stride: 1 } },
    {
      inputs: [[2, 2, 7, 7]],
      fill: ["distinct"],
      options: { kernelSize: [2, 3], stride: [2, 1], dilation: [2, 1] },
    },
  ],
});

/**
 * The largest number of each window. Shapes: [N,C,H,W] -> [N,C,P,Q], P = floor((H + 2*padding - dilation*(R-1) - 1)/stride) + 1.
 * @param kernelSize window size in pixels, one number or [vertical, horizontal]
 * @param options    a stride, or { stride, padding, dilation }; the stride defaults to the window's size
 * @throws ShapeError if the window does not fit
 * @see torch.nn.functional.max_pool2d
 * @example
 * const y = F.maxPool2d(zeros([1, 6, 28, 28]), 2); // y.shape is [1, 6, 14, 14]
 */
export function maxPool2d(x: Tensor, kernelSize: Pair, options: Pair | MaxPool2dOptions = {}): Tensor {
  const given = typeof options === "number" || isPair(options) ? { stride: options } : options;
  return maxPool2dOp([x], { ...given, kernelSize });
}

const isPair = (value: Pair | MaxPool2dOptions): value is readonly [number, number] => Array.isArray(value);
