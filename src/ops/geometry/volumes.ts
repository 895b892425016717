/** What windows over volumes share: three sizes, and the checks of their options. */
import { checkTensor, show } from "../../arguments";
import { isFloat } from "../../devices/device";
import { DTypeError, ShapeError } from "../../errors";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { checkPool } from "./pooling";
import { reshape } from "../reshape";
import { countWindows, type Pair } from "./window";

/** One number for all directions, or [depth, vertical, horizontal]. */
export type Triple = number | readonly [number, number, number];

/** [depth, vertical, horizontal] of a triple, checked. @throws ShapeError unless whole numbers >= least */
export function resolveTriple(caller: string, name: string, triple: Triple, least: number): [number, number, number] {
  const [d, h, w] =
    typeof triple === "number"
      ? [triple, triple, triple]
      : Array.isArray(triple)
        ? (triple as readonly number[])
        : [NaN];
  if (![d, h, w].every((value) => Number.isInteger(value) && value >= least))
    throw new ShapeError(
      `${caller}: ${name} must be a whole number >= ${least}, got ${show(triple)}. ` +
        `Give one number or [depth, vertical, horizontal].`,
    );
  return [d, h, w];
}

/** [N,C,D,H,W] of a float tensor of volumes. @throws ShapeError, DTypeError */
export function checkVolumes(caller: string, input: Tensor): [number, number, number, number, number] {
  checkTensor(caller, "input", input);
  const { shape, dtype } = input;
  if (!isFloat(dtype))
    throw new DTypeError(`${caller}: takes a float tensor, got ${dtype} (input ${showShape(shape)}).`);
  if (shape.length !== 5)
    throw new ShapeError(
      `${caller}: input has ${shape.length} dimensions, needs 5 (input ${showShape(shape)}). ` +
        `Give [N,C,D,H,W]; one volume is x.unsqueeze(0).`,
    );
  const [N, C, D, H, W] = shape;
  return [N, C, D, H, W];
}

export interface Pool3dOptions {
  /** Step in voxels between windows; default the window's size. */
  stride?: Triple;
  /** Voxels added on each side; default 0, at most half the window. */
  padding?: Triple;
  /** Whether voxels that the last step does not reach get a window of their own; default false: they are left out. */
  ceilMode?: boolean;
}

/** A pool's window over images. */
interface SliceWindow {
  kernelSize: Pair;
  stride: Pair;
  padding: Pair;
  dilation: Pair;
  ceilMode: boolean;
}

/** The windows along the depth, where a slice is a row, and in the slices. @throws ShapeError, DTypeError */
export function poolVolume(
  caller: string,
  x: Tensor,
  kernelSize: Triple,
  options: Pool3dOptions & { dilation?: Triple },
): [depth: SliceWindow, slices: SliceWindow] {
  const lengths = checkVolumes(caller, x).slice(2);
  const { ceilMode = false } = options;
  const taps = resolveTriple(caller, "kernelSize", kernelSize, 1);
  const strides = resolveTriple(caller, "stride", options.stride ?? kernelSize, 1);
  const pads = resolveTriple(caller, "padding", options.padding ?? 0, 0);
  const dilations = resolveTriple(caller, "dilation", options.dilation ?? 1, 1);
  const axes = lengths.map((length, i) => {
    const [stride, pad, dilation] = [strides[i], pads[i], dilations[i]];
    const count = countWindows(length, [pad, pad], dilation * (taps[i] - 1) + 1, stride, ceilMode);
    return { length, taps: taps[i], stride, pad, dilation, count };
  });
  checkPool(caller, x.shape, axes);
  const [t, r, s] = axes;
  const depth = {
    kernelSize: [t.taps, 1],
    stride: [t.stride, 1],
    padding: [t.pad, 0],
    dilation: [t.dilation, 1],
    ceilMode,
  } as const;
  const slices = {
    kernelSize: [r.taps, s.taps],
    stride: [r.stride, s.stride],
    padding: [r.pad, s.pad],
    dilation: [r.dilation, s.dilation],
    ceilMode,
  } as const;
  return [depth, slices];
}

/**
 * A pooling of volumes in two steps: of each slice, and then along the depth, where the pixels of a slice are a row. Sums
 * and maxima do not mind, and the first of equal maxima in reading order is the first of the first slice that has it.
 */
export function poolSlices(
  caller: string,
  x: Tensor,
  slices: (images: Tensor) => Tensor,
  depth: (images: Tensor) => Tensor,
): Tensor {
  const [N, C, D, H, W] = x.shape;
  const pooled = slices(reshape(x, [N, C * D, H, W], caller));
  const [P, Q] = pooled.shape.slice(2);
  const deep = depth(reshape(pooled, [N, C, D, P * Q], caller));
  return reshape(deep, [N, C, deep.shape[2], P, Q], caller);
}
