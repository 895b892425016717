import { ShapeError } from "../../errors";
import { checkOptions } from "../../options";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp } from "../define/defineOp";
import { checkImages } from "../geometry/pooling";
import { type Pair, resolvePair, windowGeometry, type WindowOptions, windowOptions } from "../geometry/window";
import { unfoldGpu } from "./gpu";
import type { UnfoldGeometry, UnfoldKernels } from "./kernels";
import { unfoldReference } from "./reference";

function geometry(x: Tensor, kernelSize: Pair, options: WindowOptions): UnfoldGeometry {
  const [N, C, H, W] = checkImages("unfold", x);
  const [R, S] = resolvePair("unfold", "kernelSize", kernelSize, 1);
  const { stride = 1, padding = 0, dilation = 1 } = options;
  const g = windowGeometry("unfold", [H, W], [R, S], { stride, padding, dilation });
  if (g.P < 1 || g.Q < 1)
    throw new ShapeError(
      `unfold: window ${g.dilationH * (R - 1) + 1}x${g.dilationW * (S - 1) + 1} does not fit the ` +
        `${H + 2 * g.padH}x${W + 2 * g.padW} padded image (input ${showShape(x.shape)}). ` +
        `Use a smaller window or more padding.`,
    );
  return { ...g, N, C, outShape: [N, C * R * S, g.P * g.Q] };
}

// Moving numbers is what V8's loops are good at; the reference's serve cpu as well.
export const unfoldKernels = { reference: unfoldReference, cpu: unfoldReference, gpu: unfoldGpu };

export const unfoldOp = defineOp<UnfoldKernels, WindowOptions & { kernelSize: Pair }, UnfoldGeometry>({
  name: "unfold",
  inputNames: ["input"],
  shape: ([x], options) => geometry(x, options.kernelSize, options),
  forward: (k, [x], g) => k.forward(x, g),
  backward: (k, dy, { geometry }) => [k.backward(dy, geometry)],
  kernels: unfoldKernels,
  samples: [
    { inputs: [[2, 3, 4, 5]], options: { kernelSize: 2 } },
    { inputs: [[1, 2, 5, 6]], options: { kernelSize: [3, 2], stride: [2, 1], padding: [1, 2] } },
    { inputs: [[2, 1, 7, 5]], options: { kernelSize: 3, dilation: [3, 2] } },
    { inputs: [[1, 2, 6, 6]], options: { kernelSize: 2, stride: 3, padding: 1, dilation: 2 } },
  ],
});

/**
 * The pixels of every window as a column (im2col): conv2d is the filters as rows times these columns.
 * Shapes: [N,C,H,W] -> [N,C*R*S,L], L = P*Q windows in reading order; rows are ordered channel, then row, then column of
 * the window.
 * @param kernelSize       window size in pixels, one number or [vertical, horizontal]
 * @param options.stride   step in pixels between windows; default 1
 * @param options.padding  zero pixels added on each side; default 0
 * @param options.dilation distance in pixels between the window's pixels; default 1
 * @throws ShapeError if the window does not fit
 * @see torch.nn.functional.unfold
 * @example
 * const columns = F.unfold(zeros([1, 3, 8, 8]), 3); // columns.shape is [1, 27, 36]
 */
export function unfold(x: Tensor, kernelSize: Pair, options: WindowOptions = {}): Tensor {
  checkOptions("unfold", options, windowOptions, arguments, 2);
  return unfoldOp([x], { ...options, kernelSize });
}
