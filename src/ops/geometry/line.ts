/** What the one-dimensional windows share: a line [N,C,L] is an image of height 1. */
import { checkTensor } from "../../arguments";
import { isFloat } from "../../devices/device";
import { DTypeError, ShapeError } from "../../errors";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { checkPool } from "./pooling";
import { squeeze, unsqueeze } from "../reshape";
import { countWindows, resolveLength, type Pair } from "./window";

/** The result of `compute` for the lines as images [N,C,1,L], as lines again. */
export function overLines(x: Tensor, compute: (images: Tensor) => Tensor): Tensor {
  return squeeze(compute(unsqueeze(x, 2)), 2);
}

/** A pool's options along a line. */
export interface PoolLineOptions {
  /** Step in elements between windows; default the window's size. */
  stride?: number;
  /** Elements added on each side; default 0, at most half the window. */
  padding?: number;
  /** Whether elements that the last step does not reach get a window of their own; default false: they are left out. */
  ceilMode?: boolean;
}

/** The same windows over images of height 1: [1, kernelSize] and so on. @throws ShapeError, DTypeError */
export function poolLine(
  caller: string,
  x: Tensor,
  kernelSize: number,
  options: PoolLineOptions & { dilation?: number },
): { kernelSize: Pair; stride: Pair; padding: Pair; dilation: Pair } {
  checkTensor(caller, "input", x);
  if (!isFloat(x.dtype))
    throw new DTypeError(`${caller}: takes a float tensor, got ${x.dtype} (input ${showShape(x.shape)}).`);
  if (x.shape.length !== 3)
    throw new ShapeError(
      `${caller}: input has ${x.shape.length} dimensions, needs 3 (input ${showShape(x.shape)}). ` +
        `Give [N,C,L]; one line is x.unsqueeze(0).`,
    );
  const taps = resolveLength(caller, "kernelSize", kernelSize, 1);
  const stride = resolveLength(caller, "stride", options.stride ?? kernelSize, 1);
  const pad = resolveLength(caller, "padding", options.padding ?? 0, 0);
  const dilation = resolveLength(caller, "dilation", options.dilation ?? 1, 1);
  const length = x.shape[2];
  const span = dilation * (taps - 1) + 1;
  const count = countWindows(length, [pad, pad], span, stride, options.ceilMode ?? false);
  checkPool(caller, x.shape, [{ length, taps, stride, pad, dilation, count }]);
  return { kernelSize: [1, taps], stride: [1, stride], padding: [0, pad], dilation: [1, dilation] };
}
