/** What the pools share: their options, their sizes and the checks of both. */
import { checkTensor } from "../../arguments";
import { isFloat } from "../../devices/device";
import { DTypeError, ShapeError } from "../../errors";
import { checkOptions, type OptionNames } from "../../options";
import { showShape, type Shape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
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

/**
 * A pool takes a stride alone, or all of its options.
 * @param all `arguments` of the call, of which the third is the options, or that of a layer the second
 * @throws TypeError as checkOptions, also if something stands behind the stride
 */
export function poolOptions<O extends object>(
  caller: string,
  given: O | number | readonly number[],
  known: OptionNames<O>,
  all: ArrayLike<unknown>,
  place: number,
): O {
  const isStride = typeof given === "number" || Array.isArray(given);
  if (isStride && all.length <= place + 1) return { stride: given } as O;
  return checkOptions<O>(caller, given as O, known, all, place);
}

/** [N,C,H,W] of a float tensor of images. @throws ShapeError, DTypeError */
export function checkImages(caller: string, input: Tensor): [number, number, number, number] {
  checkTensor(caller, "input", input);
  const { shape, dtype } = input;
  if (!isFloat(dtype))
    throw new DTypeError(`${caller}: takes a float tensor, got ${dtype} (input ${showShape(shape)}).`);
  if (shape.length !== 4)
    throw new ShapeError(
      `${caller}: input has ${shape.length} dimensions, needs 4 (input ${showShape(shape)}). Give [N,C,H,W]; one image is x.unsqueeze(0).`,
    );
  const [N, C, H, W] = shape;
  return [N, C, H, W];
}

/** A pool's window along one axis. */
interface Axis {
  length: number;
  taps: number;
  stride: number;
  pad: number;
  dilation: number;
  count: number;
}

/** The checks of a pool along its one to three axes, in the words of lines, images or volumes. @throws ShapeError */
export function checkPool(caller: string, shape: Shape, axes: readonly Axis[]): void {
  if (axes.every(isFine)) return;
  const shapes = `input ${showShape(shape)}`;
  const each = (size: (axis: Axis) => number): string => axes.map(size).join("x");
  const window = each(({ taps, dilation }) => dilation * (taps - 1) + 1);
  if (axes.some(({ pad, taps }) => pad > taps / 2))
    throw new ShapeError(
      `${caller}: padding ${each(({ pad }) => pad)} is more than half the window ${each(({ taps }) => taps)} (${shapes}). ` +
        `Some windows would see nothing but padding.`,
    );
  if (axes.some(({ count, length }) => count < 1 || length < 1))
    throw new ShapeError(
      `${caller}: window ${window} does not fit the ${each(({ length, pad }) => length + 2 * pad)} ` +
        `${axes.some(({ pad }) => pad > 0) ? "padded " : ""}${["elements", "image", "volume"][axes.length - 1]} (${shapes}). ` +
        `An earlier pooling already reduced it.`,
    );
  if (!axes.every(everyWindowSees))
    throw new ShapeError(
      `${caller}: a window of ${each(({ taps }) => taps)} taps, ${each(({ dilation }) => dilation)} apart, sees nothing ` +
        `but padding (${shapes}). Use less padding or less dilation.`,
    );
}

const isFine = (axis: Axis): boolean =>
  axis.pad <= axis.taps / 2 && axis.count >= 1 && axis.length >= 1 && everyWindowSees(axis);

/** Whether each window has a tap on the line's pixels; only with dilation can it miss them. */
function everyWindowSees({ length, taps, stride, pad, dilation, count }: Axis): boolean {
  if (pad === 0) return true;
  for (let i = 0; i < count; i++) {
    const first = i * stride - pad;
    const seen = first >= 0 ? first : first + Math.ceil(-first / dilation) * dilation;
    if (seen >= length || seen > first + (taps - 1) * dilation) return false;
  }
  return true;
}

/** Every size of a pooling of images and all of its checks. @throws ShapeError, DTypeError */
export function pool2dGeometry(
  caller: string,
  x: Tensor,
  kernelSize: Pair,
  options: PoolOptions & { dilation?: Pair },
): Pool2dGeometry {
  const [N, C, H, W] = checkImages(caller, x);
  const [R, S] = resolvePair(caller, "kernelSize", kernelSize, 1);
  const { stride = kernelSize, padding = 0, dilation = 1, ceilMode = false } = options;
  const g = windowGeometry(caller, [H, W], [R, S], { stride, padding, dilation }, { ceilMode });
  checkPool(caller, x.shape, [
    { length: H, taps: R, stride: g.strideH, pad: g.padH, dilation: g.dilationH, count: g.P },
    { length: W, taps: S, stride: g.strideW, pad: g.padW, dilation: g.dilationW, count: g.Q },
  ]);
  const { P, Q, strideH, strideW, padH, padW, dilationH, dilationW } = g;
  // Written out: spreading an object with as many fields takes V8 longer than a small pooling.
  return { N, C, H, W, R, S, P, Q, strideH, strideW, padH, padW, dilationH, dilationW, outShape: [N, C, P, Q] };
}
