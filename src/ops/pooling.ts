/** What the pools share: their options, their sizes and the checks of both. */
import { isFloat } from "../devices/device";
import { DTypeError, ShapeError } from "../errors";
import { showShape, type Shape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { resolvePair, windowGeometry, type Pair, type WindowGeometry } from "./window";

export interface PoolOptions {
  /** Step in pixels between windows; default the window's size. */
  stride?: Pair;
  /** Pixels added on each side; default 0, at most half the window. */
  padding?: Pair;
  /**
   * Whether pixels that the last step does not reach get a window of their own, which must start inside the image or
   * the padding before it; default false: they are left out.
   */
  ceilMode?: boolean;
}

/** All sizes of one pooling of images [N,C,H,W]. */
export interface Pool2dGeometry extends WindowGeometry {
  N: number;
  C: number;
  outShape: Shape;
}

/** A pool takes a stride alone, or all of its options. */
export function poolOptions<O extends { stride?: Pair }>(given: Pair | O): O | { stride: Pair } {
  return typeof given === "number" || isPair(given) ? { stride: given } : given;
}
const isPair = (value: object): value is readonly [number, number] => Array.isArray(value);

/** [N,C,H,W] of a float tensor of images. @throws ShapeError, DTypeError */
export function checkImages(caller: string, { shape, dtype }: Tensor): [number, number, number, number] {
  if (!isFloat(dtype))
    throw new DTypeError(`${caller}: takes a float tensor, got ${dtype} (input ${showShape(shape)}).`);
  if (shape.length !== 4)
    throw new ShapeError(
      `${caller}: input has ${shape.length} dimensions, needs 4 (input ${showShape(shape)}). Give [N,C,H,W]; one image is x.unsqueeze(0).`,
    );
  const [N, C, H, W] = shape;
  return [N, C, H, W];
}

/** Every size of a pooling and all of its checks. @throws ShapeError, DTypeError */
export function pool2dGeometry(
  caller: string,
  x: Tensor,
  kernelSize: Pair,
  options: PoolOptions & { dilation?: Pair },
): Pool2dGeometry {
  const [N, C, H, W] = checkImages(caller, x);
  const shapes = `input ${showShape(x.shape)}`;
  const [R, S] = resolvePair(caller, "kernelSize", kernelSize, 1);
  const { stride = kernelSize, padding = 0, dilation = 1, ceilMode = false } = options;
  const window = windowGeometry(caller, [H, W], [R, S], { stride, padding, dilation }, { ceilMode });
  const { P, Q, padH, padW, dilationH, dilationW, strideH, strideW } = window;
  const [spanH, spanW] = [dilationH * (R - 1) + 1, dilationW * (S - 1) + 1];
  if (padH > R / 2 || padW > S / 2)
    throw new ShapeError(
      `${caller}: padding ${padH}x${padW} is more than half the window ${R}x${S} (${shapes}). ` +
        `Some windows would see nothing but padding.`,
    );
  if (P < 1 || Q < 1 || H < 1 || W < 1)
    throw new ShapeError(
      `${caller}: window ${spanH}x${spanW} does not fit the ${H + 2 * padH}x${W + 2 * padW} ` +
        `${padH || padW ? "padded image" : "image"} (${shapes}). An earlier pooling already reduced it.`,
    );
  if (
    !everyWindowSees(H, P, R, strideH, padH, dilationH) ||
    !everyWindowSees(W, Q, S, strideW, padW, dilationW)
  )
    throw new ShapeError(
      `${caller}: some windows of ${R}x${S} pixels, ${dilationH}x${dilationW} apart, see nothing but padding ` +
        `(${shapes}). Use less padding or less dilation.`,
    );
  return { ...window, N, C, outShape: [N, C, P, Q] };
}

/** Whether each window has a tap on the line's pixels; only with dilation can it miss them. */
function everyWindowSees(
  length: number,
  windows: number,
  taps: number,
  stride: number,
  pad: number,
  dilation: number,
): boolean {
  for (let i = 0; i < windows; i++) {
    const first = i * stride - pad;
    const at = first >= 0 ? first : first + Math.ceil(-first / dilation) * dilation;
    if (at >= length || at > first + (taps - 1) * dilation) return false;
  }
  return true;
}
