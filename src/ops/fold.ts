import { isFloat } from "../devices/device";
import { DTypeError, ShapeError } from "../errors";
import { checkOptions } from "../options";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { defineOp } from "./define/defineOp";
import { unfoldKernels } from "./unfold";
import type { UnfoldGeometry, UnfoldKernels } from "./unfold/kernels";
import { type Pair, resolvePair, windowGeometry, type WindowOptions, windowOptions } from "./geometry/window";

interface FoldOptions extends WindowOptions {
  outputSize: Pair;
  kernelSize: Pair;
}

function geometry({ shape, dtype }: Tensor, options: FoldOptions): UnfoldGeometry {
  const shapes = `input ${showShape(shape)}`;
  if (!isFloat(dtype)) throw new DTypeError(`fold: takes a float tensor, got ${dtype} (${shapes}).`);
  const [H, W] = resolvePair("fold", "outputSize", options.outputSize, 1);
  const [R, S] = resolvePair("fold", "kernelSize", options.kernelSize, 1);
  const { stride = 1, padding = 0, dilation = 1 } = options;
  const g = windowGeometry("fold", [H, W], [R, S], { stride, padding, dilation });
  if (shape.length !== 3 || shape[1] % (R * S) !== 0)
    throw new ShapeError(
      `fold: needs columns [N,C*${R}*${S},L], a multiple of ${R * S} rows (${shapes}). They are what unfold gives.`,
    );
  const [N, rows, columns] = shape;
  if (columns !== g.P * g.Q || g.P < 1 || g.Q < 1)
    throw new ShapeError(
      `fold: windows of ${R}x${S} lie at ${g.P}x${g.Q} places of a ${H}x${W} image, the input has ${columns} columns ` +
        `(${shapes}). Give unfold's options, and the size of the images that it was given.`,
    );
  const C = rows / (R * S);
  return { ...g, N, C, outShape: [N, C, H, W] };
}

/** unfold run backwards; so its gradient is unfold. */
export const foldOp = defineOp<UnfoldKernels, FoldOptions, UnfoldGeometry>({
  name: "fold",
  inputNames: ["input"],
  shape: ([x], options) => geometry(x, options),
  forward: (k, [x], g) => k.backward(x, g),
  backward: (k, dy, { geometry }) => [k.forward(dy, geometry)],
  kernels: unfoldKernels,
  samples: [
    { inputs: [[2, 12, 12]], options: { outputSize: [4, 5], kernelSize: 2 } },
    {
      inputs: [[1, 12, 27]],
      options: { outputSize: [5, 8], kernelSize: [3, 2], stride: [2, 1], padding: [1, 1] },
    },
    { inputs: [[2, 9, 1]], options: { outputSize: [7, 5], kernelSize: 3, dilation: [3, 2] } },
  ],
});

/**
 * Columns of windows back in images, added up where windows overlap: the reverse of unfold, up to how often a pixel was
 * seen. Shapes: [N,C*R*S,L] -> [N,C,H,W].
 * @param outputSize [H,W] of the images, or one number for both
 * @param kernelSize window size in pixels, one number or [vertical, horizontal]
 * @param options    stride, padding and dilation, as unfold had them
 * @throws ShapeError if the columns are not those of such windows
 * @see torch.nn.functional.fold
 * @example
 * const columns = F.unfold(ones([1, 3, 8, 8]), 2, { stride: 2 });
 * F.fold(columns, 8, 2, { stride: 2 }); // ones again
 */
export function fold(x: Tensor, outputSize: Pair, kernelSize: Pair, options: WindowOptions = {}): Tensor {
  return foldOp([x], {
    ...checkOptions("fold", options, windowOptions, arguments, 3),
    outputSize,
    kernelSize,
  });
}
