import { ShapeError } from "../../errors";
import { type OptionNames } from "../../options";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp } from "../define/defineOp";
import { pool2dGeometry, poolOptions, type PoolOptions } from "../geometry/pooling";
import type { Pair } from "../geometry/window";
import { avgPool2dCpu } from "./cpu";
import { avgPool2dGpu } from "./gpu";
import type { AvgPool2dGeometry, AvgPool2dKernels, Spans } from "./kernels";
import { avgPool2dReference } from "./reference";

export interface AvgPool2dOptions extends PoolOptions {
  /** Whether padding counts among the pixels that the sum is divided by; default true. */
  countIncludePad?: boolean;
  /** Divides every sum by this instead of by the number of pixels; default null. */
  divisorOverride?: number | null;
}
export const avgPool2dOptions: OptionNames<AvgPool2dOptions> = {
  stride: true,
  padding: true,
  ceilMode: true,
  countIncludePad: true,
  divisorOverride: true,
};

export const avgPool2dKernels = { reference: avgPool2dReference, cpu: avgPool2dCpu, gpu: avgPool2dGpu };

/**
 * Windows of `size` pixels along one axis. With padding counted, a window that `ceilMode` lets reach beyond the padded
 * image is divided by its part inside, as PyTorch does.
 */
function spans(count: number, length: number, size: number, stride: number, pad: number, includePad: boolean): Spans {
  const first = Array.from({ length: count }, (_, i) => i * stride - pad);
  const start = first.map((from) => Math.max(from, 0));
  const end = first.map((from) => Math.min(from + size, length));
  const divisor = first.map((from, i) => (includePad ? Math.min(from + size, length + pad) - from : end[i] - start[i]));
  return { start, end, divisor };
}

function geometry(x: Tensor, kernelSize: Pair, options: AvgPool2dOptions): AvgPool2dGeometry {
  const { countIncludePad = true, divisorOverride = null } = options;
  const g = pool2dGeometry("avgPool2d", x, kernelSize, options);
  if (divisorOverride === 0 || Number.isNaN(divisorOverride))
    throw new ShapeError(
      `avgPool2d: divisorOverride must be a number other than 0, got ${String(divisorOverride)} ` +
        `(input ${showShape(x.shape)}). Leave it out to divide by the number of pixels.`,
    );
  const { N, C, H, W, P, Q, R, S, outShape } = g;
  const rows = spans(P, H, R, g.strideH, g.padH, countIncludePad);
  const columns = spans(Q, W, S, g.strideW, g.padW, countIncludePad);
  if (divisorOverride !== null) {
    rows.divisor = rows.divisor.map(() => divisorOverride);
    columns.divisor = columns.divisor.map(() => 1);
  }
  return { N, C, H, W, P, Q, rows, columns, outShape };
}

export const avgPool2dOp = defineOp<AvgPool2dKernels, AvgPool2dOptions & { kernelSize: Pair }, AvgPool2dGeometry>({
  name: "avgPool2d",
  inputNames: ["input"],
  shape: ([x], options) => geometry(x, options.kernelSize, options),
  forward: (k, [x], g) => k.forward(x, g),
  backward: (k, dy, { geometry }) => [k.backward(dy, geometry)],
  kernels: avgPool2dKernels,
  samples: [
    { inputs: [[2, 3, 6, 6]], options: { kernelSize: 2 } },
    { inputs: [[1, 2, 7, 5]], options: { kernelSize: 3, stride: 2, padding: 1 } },
    { inputs: [[1, 2, 7, 5]], options: { kernelSize: 3, stride: 2, padding: 1, countIncludePad: false } },
    { inputs: [[2, 1, 6, 8]], options: { kernelSize: 3, stride: 2, padding: 1, ceilMode: true } },
    {
      inputs: [[1, 2, 6, 7]],
      options: {
        kernelSize: [4, 3],
        stride: [3, 2],
        padding: [2, 1],
        ceilMode: true,
        countIncludePad: false,
      },
    },
    { inputs: [[1, 2, 5, 5]], options: { kernelSize: [2, 4], stride: 1, divisorOverride: 3 } },
    { inputs: [[1, 2, 5, 11]], options: { kernelSize: 2 } },
    // The second window reaches two pixels beyond the padding: its divisor is smaller.
    { inputs: [[1, 1, 5, 6]], options: { kernelSize: 4, stride: 4, padding: [1, 2], ceilMode: true } },
  ],
});

/**
 * The average over each window. Shapes: [N,C,H,W] -> [N,C,P,Q], P = floor((H + 2*padding - R)/stride) + 1: pixels that
 * the last step does not reach are left out; with `ceilMode` the division is rounded up instead, unless the last window
 * would start in the padding behind the image.
 * @param kernelSize window size in pixels, one number or [vertical, horizontal]
 * @param options    a stride, or { stride, padding, ceilMode, countIncludePad, divisorOverride }; the stride defaults to
 *                   the window's size, countIncludePad to true
 * @throws ShapeError if the window does not fit or the padding is more than half of it
 * @see torch.nn.functional.avg_pool2d
 * @example
 * const y = F.avgPool2d(zeros([1, 6, 28, 28]), 2); // y.shape is [1, 6, 14, 14]
 */
export function avgPool2d(x: Tensor, kernelSize: Pair, options: Pair | AvgPool2dOptions = {}): Tensor {
  const given = poolOptions<AvgPool2dOptions>("avgPool2d", options, avgPool2dOptions, arguments, 2);
  return avgPool2dOp([x], { ...given, kernelSize });
}
